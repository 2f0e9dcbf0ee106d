using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>A database that is there, and to which no connection can be had in time.</summary>
[Trait("Stack", "Embedded")]
public sealed class TimeoutTests(ThrowawayServer server)
{
    private readonly Post post = new(server);
    private readonly Guid id = Guid.CreateVersion7();

    // One for the node's own connection, one for the rest
    private string SmallPool => new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 2, Timeout = 1 }.ConnectionString;

    [Fact]
    public async Task What_becomes_of_a_message_is_written_as_soon_as_there_is_a_connection()
    {
        var failed = new TaskCompletionSource();
        post.Script.Plays = (run, _) =>
        {
            failed.TrySetResult();
            return run.Attempt == 1 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask;
        };
        await using var node = await post.StartAsync(
            options =>
            {
                options.Discovery.IncludeType(typeof(StockHandler));
                options.OnException<InvalidOperationException>().ScheduleRetry(TimeSpan.FromMilliseconds(50));
            },
            through: SmallPool);

        await node.TrackAsync(
            async bus =>
            {
                await using var held = await node.OpenConnectionAsync();
                await CommitAsync(node, bus, new Commande(id));
                await failed.Task;
                await WaitInVainAsync(node);
            },
            new Seen(MessageEventType.MessageSucceeded));

        Assert.Equal([1, 2], post.Script.Runs.Select(run => run.Attempt));
        Assert.Equal(0, await post.WaitingAsync());
    }

    [Fact]
    public async Task A_handler_that_gets_no_connection_in_time_is_run_again_and_its_message_is_no_dead_letter()
    {
        await using var node = await post.StartAsync(
            options =>
            {
                options.Discovery.IncludeType(typeof(LivraisonHandler));
                options.OnAnyException().MoveToErrorQueue();
            },
            through: SmallPool);

        var session = await node.TrackAsync(
            async bus =>
            {
                await using var held = await node.OpenConnectionAsync();
                await CommitAsync(node, bus, new Livraison(id, 0));
                await WaitInVainAsync(node);
            },
            new Seen(MessageEventType.MessageSucceeded));

        Assert.Empty(session.MovedToErrorQueue.Envelopes());
        Assert.Equal(0, await post.WaitingAsync());
    }

    private static async Task CommitAsync(Node node, IMessageContext bus, object message)
    {
        // Documents have a pool of their own
        await using var session = node.Sessions.OpenSession(bus);
        await bus.PublishAsync(message);
        await session.SaveChangesAsync();
    }

    /// <summary>Stands in the queue for a connection twice: whoever stood there before has been sent away by then.</summary>
    private static async Task WaitInVainAsync(Node node)
    {
        for (var time = 0; time < 2; time++)
        {
            await Assert.ThrowsAsync<NpgsqlException>(async () => await node.OpenConnectionAsync());
        }
    }
}
