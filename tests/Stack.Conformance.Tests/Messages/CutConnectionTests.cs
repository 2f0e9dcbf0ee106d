using Npgsql;
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

    [Fact]
    public async Task A_stopped_node_leaves_nothing_of_itself_on_a_connection_that_the_pool_does_not_reset()
    {
        const string Left = """
            select (select count(*) from pg_settings where source = 'session' and name like 'tcp%')
                + (select count(*) from pg_listening_channels())
                + (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())
            """;
        var post = new Post(server);
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));
        var locked = await node.LockPortAsync();

        await node.StopAsync();

        var (ports, left) = (new List<int>(), 0L);
        var connections = new Stack<NpgsqlConnection>();
        while (!ports.Contains(locked))
        {
            connections.Push(await node.OpenConnectionAsync());
            await using var command = new NpgsqlCommand($"select inet_client_port(), ({Left})", connections.Peek());
            await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            await row.ReadAsync(TestContext.Current.CancellationToken);
            ports.Add(row.GetInt32(0));
            left += row.GetInt64(1);
            Assert.True(ports.Count < 20, "The connection of the lock was not given back.");
        }

        Assert.Equal(0, left);
        while (connections.TryPop(out var connection))
        {
            await connection.DisposeAsync();
        }
    }
}
