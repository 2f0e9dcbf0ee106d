using MilleCafes.Faults.Node;
using MilleCafes.Testing;
using Npgsql;

namespace MilleCafes.Faults.Tests;

/// <summary>The database of one scenario, and the count of what must be in it.</summary>
internal sealed class Books
{
    private const int RoundsOfOneNode = 100_000;
    private const string Envelopes = "wolverine.wolverine_incoming_envelopes";
    private const string Effects = "(select data, mt_last_modified from bar.mt_doc_effect union all select data, mt_last_modified from cellar.mt_doc_effect)";

    private readonly string connection;
    private readonly List<NodeProcess> nodes = [];

    private Books(string connection) => this.connection = connection;

    public static async Task<Books> OpenAsync(Cluster cluster)
    {
        var name = $"books_{Guid.CreateVersion7():n}";
        await new Books(cluster.ConnectionString).ExecuteAsync($"create database {name}");
        return new Books(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name }.ConnectionString);
    }

    /// <summary>Every round of which any node said that it was accepted.</summary>
    public int[] Accepted => [.. nodes.SelectMany(node => node.Accepted)];

    public NodeProcess Start(Load load, IReadOnlyDictionary<string, string>? environment = null)
    {
        var name = $"node {nodes.Count}";
        var own = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = name, Pooling = true, MaxPoolSize = 20 };
        nodes.Add(new NodeProcess(new NodeOrder(own.ConnectionString, RoundsOfOneNode * nodes.Count, load), name, environment));
        return nodes[^1];
    }

    public Task<long> EnvelopesAsync() => EnvelopesAsync("true");

    /// <summary>Envelopes of nodes that are no more.</summary>
    public Task<long> EnvelopesOfOthersThanAsync(int living) => EnvelopesAsync($"owner_id not in (0, {living})");

    public Task<long> DeadLettersAsync() => ValueAsync<long>("select count(*) from wolverine.wolverine_dead_letters");

    /// <summary>Something to be done later, by the server's clock.</summary>
    public Task ScheduleAsync(TimeSpan delay) => ExecuteAsync(
        FormattableString.Invariant($"""
        insert into {Envelopes} (id, status, owner_id, execution_time, attempts, body, message_type, received_at)
        values (gen_random_uuid(), 'Scheduled', 0, now() + interval '{delay.TotalSeconds} seconds', 0, '', 'later', 'local://later/')
        """));

    /// <summary>How many such things still waited for their time; they are gone then.</summary>
    public Task<int> UnscheduleAsync() => ExecuteAsync($"delete from {Envelopes} where message_type = 'later' and status = 'Scheduled'");

    /// <summary>What a dead node had sent may still be under way.</summary>
    public Task<bool> HasLeftAsync(NodeProcess node) => ValueAsync<bool>($"select not exists (select from pg_stat_activity where application_name = '{node.Name}')");

    public Task LeaveAsync(NodeProcess node) => Eventually.True(() => HasLeftAsync(node), NodeProcess.Patience);

    /// <summary>Ends connections of nodes, each with this probability; answers how many.</summary>
    public Task<long> CutAsync(string nodes, double probability) => ValueAsync<long>(
        FormattableString.Invariant($"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like '{nodes}' and random() < {probability}"));

    /// <summary>Lets the nodes finish, with no more orders, and stops them.</summary>
    public async Task CloseAsync(params NodeProcess[] living)
    {
        await Task.WhenAll(living.Select(node => node.TellAsync(Told.Rest)));
        await SettleAsync();
        await Task.WhenAll(living.Select(node => node.StopAsync()));
    }

    /// <summary>Returns when nothing is left to be handled; fails when it gets no less for a while.</summary>
    public async Task SettleAsync()
    {
        for (var left = long.MaxValue; left > 0;)
        {
            var before = left;
            try
            {
                await Eventually.True(async () => (left = await EnvelopesAsync()) < before, NodeProcess.Patience);
            }
            catch (TimeoutException)
            {
                var stuck = await ListAsync(
                    $"select concat_ws(' ', status, 'owner', owner_id, 'due', execution_time, 'now', now(), 'attempts', attempts, received_at) from {Envelopes} limit 20");
                Assert.Fail($"{left} envelopes are still there:\n{string.Join('\n', stuck)}");
            }
        }
    }

    /// <summary>Every accepted round is in the books, and every round in the books had each of its effects exactly once.</summary>
    public async Task<(string What, object Count)[]> CheckAsync()
    {
        var accepted = Accepted;
        Assert.NotEmpty(accepted);
        Assert.Empty(await ListAsync("select concat_ws(' ', received_at, exception_type, exception_message) from wolverine.wolverine_dead_letters limit 20"));
        Assert.Empty(await ListAsync("select number::text from unnest($1::int[]) number except select data ->> 'Number' from bar.mt_doc_round", accepted));
        foreach (var consumer in new[] { "bar", "cellar", "bill" })
        {
            await CheckEffectAsync(consumer, "true");
        }

        Assert.Equal(0, await EnvelopesAsync());
        return
        [
            ("rounds accepted", accepted.Length),
            ("rounds in the books", await ValueAsync<long>("select count(*) from bar.mt_doc_round")),
            ("effects in the books", await ValueAsync<long>($"select count(*) from {Effects} effect")),
        ];
    }

    /// <summary>Exactly one effect of a consumer for each of these rounds, and none for any other.</summary>
    public async Task CheckEffectAsync(string consumer, string rounds) => Assert.Empty(await ListAsync(
        $"""
        with round as (select number from (select (data ->> 'Number')::int as number from bar.mt_doc_round) every where {rounds}),
             effect as (select (data ->> 'Number')::int as number from {Effects} every where data ->> 'By' = '{consumer}')
        select '{consumer} of round ' || coalesce(round.number, effect.number) || ': ' || count(effect.number)
        from round full join effect on round.number = effect.number
        group by round.number, effect.number having count(round.number) <> 1 or count(effect.number) <> 1 limit 20
        """));

    /// <summary>The shortest and the longest time, by the server's clock, between the effects of two consumers (or the round itself) for rounds of one kind.</summary>
    public async Task<(TimeSpan Shortest, TimeSpan Longest)> TimesAsync(string from, string to, string rounds)
    {
        var cause = from == "round" ? "bar.mt_doc_round" : $"(select * from {Effects} every where data ->> 'By' = '{from}')";
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(
            $"""
            select min(passed), max(passed) from (
                select (cause.data ->> 'Number')::int as number, effect.mt_last_modified - cause.mt_last_modified as passed
                from {cause} cause join {Effects} effect on effect.data ->> 'Number' = cause.data ->> 'Number' and effect.data ->> 'By' = '{to}') every
            where {rounds}
            """);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetTimeSpan(0), reader.GetTimeSpan(1));
    }

    public async Task<IReadOnlyList<string>> ListAsync(string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = Command(source, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private async Task<long> EnvelopesAsync(string which)
    {
        try
        {
            return await ValueAsync<long>($"select count(*) from {Envelopes} where {which}");
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Killed before it had made the table
            return 0;
        }
    }

    private async Task<T> ValueAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task<int> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
