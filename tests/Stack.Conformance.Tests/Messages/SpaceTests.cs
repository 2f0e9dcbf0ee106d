using Wolverine.Persistence.Durability.DeadLetterManagement;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>Nothing grows without bound: what was handled or discarded leaves neither rows nor space behind.</summary>
public sealed class SpaceTests(ThrowawayServer server)
{
    private const int Many = 25_000;

    private readonly Post post = new(server);

    [Fact]
    public async Task Nothing_is_left_of_handled_messages()
    {
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));

        await node.TrackAsync(new Commande(Guid.CreateVersion7()), new Seen(MessageEventType.MessageSucceeded));

        Assert.Equal(0, await post.WaitingAsync());
        Assert.Equal(0, await post.CountAsync($"{post.Schema}_bus.wolverine_dead_letters"));
    }

    /// <summary>Rows that wait for another time must cost nothing: a heartbeat that looked at each would be slower than its beat.</summary>
    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_heartbeat_never_reads_the_whole_table()
    {
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));
        await post.ExecuteAsync(
            $"""
            insert into {post.Envelopes} (id, status, owner_id, execution_time, attempts, body, message_type, received_at)
            select gen_random_uuid(), 'Scheduled', 0, now() + interval '1 day', 0, '\x00', 'some.Message', 'local://some/' from generate_series(1, {Many});
            analyze {post.Envelopes};
            """);
        await CountersAsync(seen => seen.Indexed > 0);
        var before = await CountersAsync(_ => true);

        var after = await CountersAsync(seen => seen.Indexed > before.Indexed + 20);

        Assert.Equal(before.Whole, after.Whole);
    }

    /// <summary>Plans are kept: one that was made for an empty table must do for a full one.</summary>
    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task An_envelope_is_looked_for_by_its_index_even_while_there_is_none()
    {
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));
        await post.ExecuteAsync($"vacuum analyze {post.Envelopes}");

        var plan = await post.ScalarAsync<string>($"explain (format json) delete from {post.Envelopes} where id = '{Guid.CreateVersion7()}' and owner_id = 3");

        Assert.Contains("\"Index Scan\"", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Seq Scan\"", plan, StringComparison.Ordinal);
    }

    /// <summary>In a database of its own: rows that any transaction of the same one might still see cannot be removed.</summary>
    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task The_space_of_removed_rows_is_given_back_without_waiting_for_the_server()
    {
        var alone = await post.AloneAsync();
        var letters = $"{alone.Schema}_bus.wolverine_dead_letters";
        await using var node = await alone.StartAsync(options => options.Discovery.IncludeType(typeof(StockHandler)));
        await alone.ExecuteAsync(
            $"""
            alter table {letters} set (autovacuum_enabled = off);
            insert into {letters} (id, body, message_type, received_at) select gen_random_uuid(), '\x00', 'some.Message', 'local://some/' from generate_series(1, {Many})
            """);
        Assert.NotEqual(0, await SizeAsync());

        await node.DeadLetters.DiscardAsync(new DeadLetterEnvelopeQuery { MessageType = "some.Message" }, TestContext.Current.CancellationToken);

        using var limit = new CancellationTokenSource(Node.Patience);
        while (await SizeAsync() > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        // Of the file itself, for pg_relation_size would lock the table, and what cuts it off waits for nobody
        Task<long> SizeAsync() => alone.ScalarAsync<long>($"select size from pg_stat_file(pg_relation_filepath('{letters}'))");
    }

    /// <summary>How often the table was read as a whole and by its indexes, as the server counts it.</summary>
    private async Task<(long Whole, long Indexed)> CountersAsync(Func<(long Whole, long Indexed), bool> enough)
    {
        using var limit = new CancellationTokenSource(Node.Patience);
        while (true)
        {
            var seen = (
                await post.ScalarAsync<long>($"select seq_scan from pg_stat_all_tables where relid = '{post.Envelopes}'::regclass"),
                await post.ScalarAsync<long>($"select idx_scan from pg_stat_all_tables where relid = '{post.Envelopes}'::regclass"));
            if (enough(seen))
            {
                return seen;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
