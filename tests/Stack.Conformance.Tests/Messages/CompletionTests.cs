using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>The end of messages whose handlers leave nothing to commit: several at once, and nobody waits for it.</summary>
[Trait("Stack", "Embedded")]
public sealed class CompletionTests(ThrowawayServer server)
{
    private const int Many = 6;

    private readonly Post post = new(server);
    private readonly TaskCompletionSource<NpgsqlTransaction> held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task No_handler_waits_for_the_deletion_of_the_messages_before()
    {
        await using var node = await StartAsync();

        var session = await node.TrackAsync(async context =>
        {
            await PublishAsync(node, context);
            await entered.Task.WaitAsync(Node.Patience);
            Assert.Equal(Many, await post.WaitingAsync());
            await LetGoAsync();
        });

        Assert.Equal(Many, session.MessageSucceeded.Envelopes().Count());
        Assert.Equal(Many, post.Script.Runs.Count);
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task What_ends_while_a_deletion_runs_is_deleted_by_one_statement()
    {
        await using var node = await StartAsync();
        await post.ExecuteAsync(
            $"""
            create table {post.Schema}.deletions (at timestamptz);
            create function {post.Schema}.note() returns trigger language plpgsql as $$ begin insert into {post.Schema}.deletions values (now()); return null; end $$;
            create trigger note after delete on {post.Envelopes} for each statement execute function {post.Schema}.note();
            """);

        await node.TrackAsync(async context =>
        {
            await PublishAsync(node, context);
            await entered.Task.WaitAsync(Node.Patience);
            await LetGoAsync();
        });

        Assert.InRange(await post.CountAsync($"{post.Schema}.deletions"), 1, 3);
    }

    [Fact]
    public async Task A_stop_waits_for_the_deletion_of_what_was_handled()
    {
        await using var node = await StartAsync();
        await using (var scope = node.Host.Services.CreateAsyncScope())
        {
            await PublishAsync(node, scope.ServiceProvider.GetRequiredService<IMessageContext>());
        }

        await entered.Task.WaitAsync(Node.Patience, TestContext.Current.CancellationToken);
        var stopped = node.StopAsync();
        await LetGoAsync();
        await stopped;

        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task What_is_no_longer_the_nodes_own_is_neither_deleted_nor_told_as_a_success()
    {
        post.Script.Plays = async (run, _) => await post.ExecuteAsync(run.Number == 1
            ? $"update {post.Envelopes} set owner_id = 0, status = 'Scheduled', execution_time = now() + interval '1 day' where id = '{run.Of}'"
            : "select 1");
        await using var node = await post.StartAsync(Configure);
        var told = new Seen(MessageEventType.MessageSucceeded, Many);

        // The one that is not told stays outstanding
        await Assert.ThrowsAsync<TimeoutException>(() => node.Host.TrackActivity(TimeSpan.FromSeconds(3)).WaitForCondition(told).ExecuteAndWaitAsync((IMessageContext context) => PublishAsync(node, context)));

        Assert.Equal($"{Many} × {MessageEventType.MessageSucceeded}, of which {Many - 1} came", told.ToString());
        Assert.Equal(1, await post.WaitingAsync());
    }

    [Fact]
    public async Task Where_messages_keep_their_order_each_is_deleted_before_the_next_begins()
    {
        post.Script.Plays = async (run, _) => Assert.Equal(Many - run.Number + 1, await post.WaitingAsync());
        await using var node = await post.StartAsync(options =>
        {
            Configure(options);
            options.LocalQueueFor<Signal>().Sequential();
        });

        var session = await node.TrackAsync(context => PublishAsync(node, context));

        Assert.Empty(session.AllExceptions());
        Assert.Equal(Many, session.MessageSucceeded.Envelopes().Count());
    }

    private static void Configure(WolverineOptions options)
    {
        options.Discovery.IncludeType(typeof(SignalHandler));
        options.LocalQueueFor<Signal>().MaximumParallelMessages(2);
    }

    // In one commit, so that all are there when the first is handled
    private static async Task PublishAsync(Node node, IMessageContext context)
    {
        await using var session = node.Sessions.OpenSession(context);
        for (var number = 1; number <= Many; number++)
        {
            await context.PublishAsync(new Signal(Guid.CreateVersion7(), number));
        }

        await session.SaveChangesAsync();
    }

    /// <summary>A node on which no message can be deleted for now.</summary>
    private Task<Node> StartAsync()
    {
        var runs = 0;
        post.Script.Plays = async (run, token) =>
        {
            if (run.Number == 1)
            {
                var connection = new NpgsqlConnection(post.ConnectionString);
                await connection.OpenAsync(token);
                var transaction = await connection.BeginTransactionAsync(token);
                await using var command = new NpgsqlCommand($"select 1 from {post.Envelopes} for update", connection, transaction);
                await command.ExecuteNonQueryAsync(token);
                held.SetResult(transaction);
            }

            await held.Task;
            if (Interlocked.Increment(ref runs) == Many)
            {
                entered.SetResult();
            }
        };
        return post.StartAsync(Configure);
    }

    private async Task LetGoAsync()
    {
        var transaction = await held.Task;
        await using var connection = transaction.Connection!;
        await transaction.RollbackAsync();
    }
}

public sealed record Signal(Guid Id, int Number);

public static class SignalHandler
{
    public static Task Handle(Signal message, IMessageContext context, Script script, CancellationToken token) =>
        script.PlayAsync(new("signal", context.Envelope!.Id, message.Number, context.Envelope.Attempts), token);
}
