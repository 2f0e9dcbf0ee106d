using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>A connection that breaks under a handler while the node itself loses nothing.</summary>
[Trait("Stack", "Embedded")]
public sealed class CutConnectionTests(ThrowawayServer server)
{
    private readonly Guid id = Guid.CreateVersion7();

    [Fact]
    public async Task A_cut_connection_is_no_failed_attempt_however_often_the_message_had_failed_before()
    {
        var post = new Post(server);
        var cuts = 0;
        post.Script.Plays = async (run, _) =>
        {
            if (run.Attempt < 3)
            {
                throw new InvalidOperationException("Not yet.");
            }

            if (Interlocked.Increment(ref cuts) == 1)
            {
                Assert.NotEqual(0, await post.CountAsync(
                    $"""
                    (select pg_terminate_backend(pid) from pg_stat_activity where starts_with(application_name, '{post.Schema}_')
                     and pid not in (select pid from pg_locks where locktype = 'advisory')) cut
                    """));
            }
        };
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));

        var session = await node.TrackAsync(new Commande(id));

        Assert.Empty(session.MovedToErrorQueue.Envelopes());
        Assert.Equal(1, await post.CountAsync($"{post.Schema}.mt_doc_trace"));
        Assert.Equal(0, await post.WaitingAsync());
    }
}
