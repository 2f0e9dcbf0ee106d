using Wolverine;
using Wolverine.Tracking;
using Wolverine.Transports;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Nodes call one another when something waits: none of these has a heartbeat that could find it.</summary>
[Trait("Stack", "Embedded")]
public sealed class CallTests(ThrowawayServer server)
{
    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();

    [Fact]
    public async Task What_one_node_has_no_room_for_is_handled_by_another_at_once()
    {
        var gate = new TaskCompletionSource();
        await using var full = await post.StartAsync(Rare);
        await using var free = await OtherAsync(out var played);
        // Only the first node is kept busy: it holds two messages, and the third waits in the table
        post.Script.Plays = (_, _) => gate.Task;
        played.Plays = (_, _) => Task.CompletedTask;

        await free.TrackAsync(
            async _ =>
            {
                for (var number = 0; number < 3; number++)
                {
                    await full.Host.MessageBus().PublishAsync(new Commande(id, number));
                }
            },
            new Seen(MessageEventType.MessageSucceeded));

        Assert.Equal(2, Assert.Single(played.Runs).Number);
        gate.SetResult();
    }

    [Fact]
    public async Task What_a_stopping_node_returns_is_handled_by_another_at_once()
    {
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var first = await post.StartAsync(Rare);
        await using var second = await OtherAsync(out var played);
        post.Script.Plays = (_, _) =>
        {
            entered.TrySetResult();
            return gate.Task;
        };
        await first.Host.MessageBus().PublishAsync(new Commande(id, 0));
        await first.Host.MessageBus().PublishAsync(new Commande(id, 1));
        await entered.Task;

        await second.TrackAsync(
            async _ =>
            {
                var stopped = first.StopAsync();
                gate.SetResult();
                await stopped;
            },
            new Seen(MessageEventType.MessageSucceeded));

        Assert.Equal(1, Assert.Single(played.Runs).Number);
    }

    /// <summary>A node of the same tables whose handlers play a script of their own.</summary>
    private Task<Node> OtherAsync(out Script script)
    {
        var other = new Post(server, post.Schema);
        script = other.Script;
        return other.StartAsync(Rare);
    }

    private static void Rare(WolverineOptions options)
    {
        options.Discovery.IncludeType(typeof(StockHandler));
        options.LocalQueueFor<Commande>().Sequential().UseDurableInbox(new BufferingLimits(2, 1));
        options.Durability.HealthCheckPollingTime = TimeSpan.FromHours(1);
        options.Durability.ScheduledJobPollingTime = TimeSpan.FromHours(1);
    }
}
