using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Tracking;
using Wolverine.Transports;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Nodes that come, go, die and lose their database, over the same queues.</summary>
public sealed class NodeTests(ThrowawayServer server)
{
    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();

    [Fact]
    public async Task What_a_lost_node_had_in_hand_is_taken_over_and_its_own_attempt_counts_for_nothing()
    {
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var attempts = 0;
        post.Script.Plays = async (_, _) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
            {
                entered.SetResult();
                await gate.Task;
            }
        };
        var role = post.Schema + "_lost";
        await post.ExecuteAsync($"create role {role} superuser login");
        await using (var lost = await post.StartAsync(Configure, role))
        {
            await using var heir = await post.StartAsync(Configure);
            var takenOver = heir.TrackAsync(_ => entered.Task, new Seen(MessageEventType.MessageSucceeded));
            await PublishAsync(lost, new Commande(id));
            await entered.Task;
            await post.ExecuteAsync($"alter role {role} nologin");
            await lost.CutAsync();
            await takenOver;
            Assert.Single(await heir.TracesAsync(id));

            await post.ExecuteAsync($"alter role {role} login");
            gate.SetResult();
            await lost.StopAsync();

            Assert.True(attempts > 1);
            Assert.Single(await heir.TracesAsync(id));
            Assert.Equal(0, await post.WaitingAsync());
        }
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_node_that_does_not_know_yet_that_it_was_lost_commits_nothing_more()
    {
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var attempts = 0;
        post.Script.Plays = (_, _) =>
        {
            entered.TrySetResult();
            return Interlocked.Increment(ref attempts) == 1 ? gate.Task : Task.CompletedTask;
        };
        await using var gateway = new Gateway(post.ConnectionString);
        await using var lost = await post.StartAsync(
            options =>
            {
                Configure(options);
                // Its next heartbeat comes long after another node has taken over
                options.Durability.HealthCheckPollingTime = TimeSpan.FromHours(1);
                options.Durability.ScheduledJobPollingTime = TimeSpan.FromHours(1);
            },
            through: gateway.ConnectionString);
        await PublishAsync(lost, new Commande(id));
        await entered.Task;
        gateway.Silence(await lost.LockPortAsync());
        await using var heir = post.Build(Configure);
        await heir.TrackAsync(_ => heir.Host.StartAsync(), new Seen(MessageEventType.MessageSucceeded));

        gate.SetResult();
        await lost.StopAsync();

        Assert.Equal(2, attempts);
        Assert.Single(await heir.TracesAsync(id));
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task While_the_database_is_away_messages_wait_and_no_attempt_is_spent()
    {
        await using var gateway = new Gateway(post.ConnectionString);
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        post.Script.Plays = (_, _) =>
        {
            entered.TrySetResult();
            return gate.Task;
        };
        await using var node = await post.StartAsync(
            options =>
            {
                Configure(options);
                options.OnAnyException().MoveToErrorQueue();
            },
            through: gateway.ConnectionString);
        await using var watcher = post.Build(Configure);

        var session = await node.TrackAsync(async bus =>
        {
            await bus.PublishAsync(new Commande(id));
            await entered.Task;
            var away = gateway.TakeAwayAsync(refusals: 6);
            gate.SetResult();
            await away;
            gateway.GiveBack();
        });

        Assert.Empty(session.MovedToErrorQueue.Envelopes());
        Assert.All(post.Script.Runs, run => Assert.Equal(1, run.Attempt));
        Assert.Single(await watcher.TracesAsync(id));
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task A_stopping_node_finishes_what_it_handles_and_returns_the_rest()
    {
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        post.Script.Plays = (_, _) =>
        {
            entered.TrySetResult();
            return gate.Task;
        };
        await using (var first = await post.StartAsync(Sequential))
        {
            for (var number = 0; number < 5; number++)
            {
                await PublishAsync(first, new Commande(id, number));
            }

            await entered.Task;
            var stopped = first.StopAsync();
            Assert.False(stopped.IsCompleted);
            gate.SetResult();
            await stopped;
            Assert.Equal(0, Assert.Single(post.Script.Runs).Number);
            Assert.Equal(4, await post.CountAsync($"{post.Envelopes} where status = 'Incoming' and owner_id = 0"));
        }

        await using var second = post.Build(Sequential);
        await second.TrackAsync(_ => second.Host.StartAsync(), new Seen(MessageEventType.MessageSucceeded, 4));

        Assert.Equal(Enumerable.Range(0, 5), post.Script.Runs.Select(run => run.Number));
        Assert.Equal(5, (await second.TracesAsync(id)).Count);
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_stopping_node_does_not_wait_for_the_pause_before_a_retry()
    {
        var entered = new TaskCompletionSource();
        post.Script.Plays = (_, _) =>
        {
            entered.TrySetResult();
            throw new TimeoutException("Later.");
        };
        await using var node = await post.StartAsync(options =>
        {
            Configure(options);
            options.OnException<TimeoutException>().RetryWithCooldown(TimeSpan.FromHours(1));
        });
        await PublishAsync(node, new Commande(id));
        await entered.Task;

        await node.StopAsync().WaitAsync(Node.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, await post.CountAsync($"{post.Envelopes} where status = 'Incoming' and owner_id = 0"));
    }

    [Fact]
    public async Task A_stopping_node_waits_for_a_handler_as_long_as_it_was_told_and_returns_its_message()
    {
        var entered = new TaskCompletionSource();
        post.Script.Plays = (_, token) =>
        {
            entered.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        await using var node = await post.StartAsync(options =>
        {
            Configure(options);
            options.Durability.DrainTimeout = TimeSpan.FromMilliseconds(50);
        });
        await PublishAsync(node, new Commande(id));
        await entered.Task;

        await node.StopAsync().WaitAsync(Node.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, await post.CountAsync($"{post.Envelopes} where status = 'Incoming' and owner_id = 0"));
        Assert.Empty(await node.TracesAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Stack", "Embedded")]
    public async Task More_messages_than_a_queue_may_hold_wait_in_the_table_in_their_order(bool together)
    {
        const int maximum = 8;
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        post.Script.Plays = (_, _) =>
        {
            entered.TrySetResult();
            return gate.Task;
        };
        await using var node = await post.StartAsync(options =>
        {
            Configure(options);
            options.LocalQueueFor<Commande>().Sequential().UseDurableInbox(new BufferingLimits(maximum, 4));
        });

        await node.TrackAsync(async bus =>
        {
            await using var session = together ? node.Sessions.OpenSession(bus) : null;
            await PublishAsync(bus, 100);
            await (session?.SaveChangesAsync() ?? Task.CompletedTask);

            await entered.Task;
            Assert.InRange(await post.CountAsync($"{post.Envelopes} where owner_id <> 0"), 1, maximum);
            gate.SetResult();
        });

        Assert.Equal(Enumerable.Range(0, 100), post.Script.Runs.Select(run => run.Number));
        Assert.Equal(100, (await node.TracesAsync(id)).Count);
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Publishers_and_heartbeats_together_never_bring_more_into_memory_than_a_queue_may_hold()
    {
        const int maximum = 8;
        const int publishers = 6;
        await using var node = await post.StartAsync(options =>
        {
            Configure(options);
            options.LocalQueueFor<Commande>().MaximumParallelMessages(2).UseDurableInbox(new BufferingLimits(maximum, 6));
        });
        var most = 0L;
        post.Script.Plays = async (_, _) => InterlockedMax(ref most, await post.CountAsync($"{post.Envelopes} where owner_id <> 0"));

        await node.TrackAsync(_ => Task.WhenAll(Enumerable.Range(0, publishers).Select(async publisher =>
        {
            for (var number = 0; number < 40; number++)
            {
                await PublishAsync(node, new Commande(id, (publisher * 1000) + number));
            }
        })));

        Assert.InRange(most, 2, maximum);
        Assert.Equal(publishers * 40, (await node.TracesAsync(id)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task As_many_messages_are_handled_at_once_as_the_queue_was_told(int parallelism)
    {
        var (running, most, together) = (0, 0L, new TaskCompletionSource());
        post.Script.Plays = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == parallelism)
            {
                together.TrySetResult();
            }

            await together.Task;
            Interlocked.Decrement(ref running);
        };
        await using var node = await post.StartAsync(options =>
        {
            Configure(options);
            options.LocalQueueFor<Commande>().MaximumParallelMessages(parallelism);
        });

        await node.TrackAsync(bus => PublishAsync(bus, 50));

        Assert.Equal(parallelism, most);
    }

    [Fact]
    public async Task Two_nodes_share_a_queue_and_each_message_has_its_effect_once()
    {
        await using var first = await post.StartAsync(Small);
        await using var second = await post.StartAsync(Small);

        await first.Host.TrackActivity(Node.Patience).AlsoTrack(second.Host).ExecuteAndWaitAsync(bus => PublishAsync(bus, 200));

        Assert.Equal(Enumerable.Range(0, 200), (await first.TracesAsync(id)).Select(trace => trace.Number).Order());
        Assert.Equal(0, await post.WaitingAsync());

        static void Small(WolverineOptions options)
        {
            Configure(options);
            options.LocalQueueFor<Commande>().UseDurableInbox(new BufferingLimits(10, 5));
        }
    }

    [Fact]
    public async Task Connections_that_are_cut_under_load_lose_nothing_and_repeat_nothing()
    {
        const int count = 300;
        const int cuts = 5;
        await using var node = await post.StartAsync(Configure);
        await using var watcher = post.Build(Configure);
        var handled = 0;
        post.Script.Plays = (_, _) => Interlocked.Increment(ref handled) % (count / cuts) == 0 ? node.CutAsync() : Task.CompletedTask;

        var published = new List<int>();
        for (var number = 0; number < count; number++)
        {
            try
            {
                await PublishAsync(node, new Commande(id, number));
                published.Add(number);
            }
            catch (NpgsqlException)
            {
                // The answer was lost: it may have been committed or not
            }
        }

        // Whatever still waits is handled by the node that follows
        await node.StopAsync();
        var left = (int)await post.WaitingAsync();
        post.Script.Plays = (_, _) => Task.CompletedTask;
        await watcher.TrackAsync(_ => watcher.Host.StartAsync(), new Seen(MessageEventType.MessageSucceeded, left));

        var traces = (await watcher.TracesAsync(id)).Select(trace => trace.Number).ToList();
        Assert.Equal(traces.Distinct().Count(), traces.Count);
        Assert.Empty(published.Except(traces));
        Assert.Equal(0, await post.WaitingAsync());
        Assert.Empty((await watcher.DeadLetters.QueryAsync(new(), TestContext.Current.CancellationToken)).Envelopes);
    }

    private static void Configure(WolverineOptions options) => options.Discovery.IncludeType(typeof(StockHandler));

    private static void Sequential(WolverineOptions options)
    {
        Configure(options);
        options.LocalQueueFor<Commande>().Sequential();
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Interlocked.Read(ref most); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static ValueTask PublishAsync(Node node, object message) => node.Host.MessageBus().PublishAsync(message);

    private async Task PublishAsync(IMessageContext bus, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await bus.PublishAsync(new Commande(id, number));
        }
    }
}
