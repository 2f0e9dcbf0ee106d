using Npgsql;

namespace Wolverine.Postgresql;

/// <summary>A node's presence: its number, and the advisory lock on that number that lives exactly as long as its connection.</summary>
internal sealed class NodeConnection : IAsyncDisposable
{
    /// <summary>An envelope of ours that is not in memory and so old is not one whose commit has just been answered.</summary>
    public static readonly TimeSpan Forgettable = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource database;
    private readonly NpgsqlConnection connection;
    private readonly MessageTables tables;
    private volatile bool called;

    private NodeConnection(NpgsqlDataSource database, NpgsqlConnection connection, MessageTables tables, int number)
    {
        this.database = database;
        this.connection = connection;
        this.tables = tables;
        Number = number;
        connection.Notification += (_, notice) => called |= notice.Payload != MessageTables.Payload(number);
    }

    public int Number { get; }

    /// <summary>Takes a number never used before, and its lock; says which queues this node listens to.</summary>
    public static async Task<(NodeConnection Node, DateTimeOffset ServerTime)> RegisterAsync(
        NpgsqlDataSource database, MessageTables tables, string description, string[] queues, CancellationToken token)
    {
        var connection = await database.OpenConnectionAsync(token);
        try
        {
            var number = await connection.ScalarAsync<int>(
                $"""
                insert into {tables.Nodes} (id, description, uri, version, capabilities) values ($1, $2, $3, $4, $5) returning node_number
                """,
                token, Guid.CreateVersion7(), description, "local://", typeof(NodeConnection).Assembly.GetName().Version?.ToString() ?? "", queues);
            await connection.ExecuteAsync(NoticeLostPeer, token);
            await connection.ExecuteAsync("select pg_advisory_lock($1, $2)", token, tables.LockClass, number);
            await connection.ExecuteAsync($"listen {tables.Channel}", token);
            var serverTime = await connection.ScalarAsync<DateTime>("select clock_timestamp()", token);
            return (new NodeConnection(database, connection, tables, number), serverTime);
        }
        catch
        {
            await GiveBackAsync(database, connection);
            throw;
        }
    }

    /// <summary>Returns when another node says that something waits; throws as soon as the connection is lost.</summary>
    public async Task WaitForCallAsync(CancellationToken token)
    {
        while (!called)
        {
            await connection.WaitAsync(token);
        }
    }

    /// <summary>The whole of a heartbeat, in one round trip.</summary>
    public async Task<Heartbeat> BeatAsync(IReadOnlyList<(string Queue, int Room)> queues, DateTimeOffset now, CancellationToken token)
    {
        called = false;
        await using var batch = connection.CreateBatch();
        batch.Timeout = 10;
        batch.BatchCommands.Add(Sql.Command($"update {tables.Nodes} set health_check = now() where node_number = $1", Number));
        batch.BatchCommands.Add(Sql.Command(ReleaseDead, Number, tables.LockClass));
        batch.BatchCommands.Add(Sql.Command(WakeDue, now));
        batch.BatchCommands.Add(Sql.Command(
            Claim, Number, queues.Select(queue => queue.Queue).ToArray(), queues.Select(queue => queue.Room).ToArray()));
        batch.BatchCommands.Add(Sql.Command($"select min(execution_time), clock_timestamp() from {tables.Incoming} where status = 'Scheduled'"));
        await using var reader = await batch.ExecuteReaderAsync(token);
        var claimed = await PostgresqlMessageStore.ReadAsync(reader, Number, token);
        await reader.NextResultAsync(token);
        await reader.ReadAsync(token);
        DateTimeOffset? next = await reader.IsDBNullAsync(0, token) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(0, token);
        var serverTime = await reader.GetFieldValueAsync<DateTimeOffset>(1, token);
        // The claims count only once the server has said that the batch is committed
        await reader.CloseAsync();
        return new Heartbeat(claimed, next, serverTime);
    }

    /// <summary>What a heartbeat need not do each time: dead nodes, envelopes nobody listens for; answers with those of ours that memory forgot.</summary>
    public async Task<List<Envelope>> TidyAsync(Guid[] inHand, TimeSpan stale, CancellationToken token)
    {
        await using var batch = connection.CreateBatch();
        batch.Timeout = 10;
        batch.BatchCommands.Add(Sql.Command(ForgetDead, Number, tables.LockClass, stale));
        batch.BatchCommands.Add(Sql.Command(BuryOrphans, stale));
        batch.BatchCommands.Add(Sql.Command(Forgotten, Number, inHand, Forgettable));
        await using var reader = await batch.ExecuteReaderAsync(token);
        return await PostgresqlMessageStore.ReadAsync(reader, Number, token);
    }

    public ValueTask DisposeAsync() => GiveBackAsync(database, connection);

    /// <summary>Leaves nothing of the presence on a connection that others will have: the pool may be told not to reset it.</summary>
    private static async ValueTask GiveBackAsync(NpgsqlDataSource database, NpgsqlConnection connection)
    {
        if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
        {
            try
            {
                await LeaveAsync(connection);
            }
            catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
            {
                // Cut, and the server has let the lock go; or too slow, and nobody else must have it
                database.Clear();
            }
        }

        await connection.DisposeAsync();
    }

    private static async Task LeaveAsync(NpgsqlConnection connection)
    {
        await using var batch = connection.CreateBatch();
        // A stopping node does not wait long for a server that may be gone
        batch.Timeout = 3;
        batch.BatchCommands.Add(new("unlisten *"));
        batch.BatchCommands.Add(new("select pg_advisory_unlock_all()"));
        batch.BatchCommands.Add(new("reset all"));
        await batch.ExecuteNonQueryAsync();
    }

    // Walks the distinct owners by index; one whose lock can be taken has no connection any more, so it is dead. What a transaction of
    // its own still holds (its machine was cut off) is left for a later heartbeat
    private string ReleaseDead =>
        $"""
        with recursive owners(number) as (
            select min(owner_id) from {tables.Incoming} where owner_id > 0
            union all
            select (select min(owner_id) from {tables.Incoming} where owner_id > number and owner_id > 0) from owners where number is not null),
        others as materialized (select number from owners where number is not null and number <> $1),
        dead as materialized (select number from others where pg_try_advisory_xact_lock($2, number)),
        left_behind as materialized (
            select id from {tables.Incoming} where owner_id in (select number from dead) and owner_id <> 0 for update skip locked)
        update {tables.Incoming} set owner_id = 0, interruptions = greatest(interruptions, least(interruptions + 1, {PostgresqlMessageStore.Suspect}))
        where id in (select id from left_behind)
        """;

    private string WakeDue =>
        $"""
        with due as materialized (
            select id from {tables.Incoming} where status = 'Scheduled' and execution_time <= $1
            order by execution_time limit 1000 for update skip locked)
        update {tables.Incoming} set status = 'Incoming', execution_time = null where id in (select id from due)
        """;

    private string Claim =>
        $"""
        with claimed as materialized (
            select waiting.id from unnest($2::varchar[], $3::int[]) as queue(name, room)
            cross join lateral (
                select id from {tables.Incoming}
                where owner_id = 0 and status = 'Incoming' and received_at = queue.name
                order by id limit queue.room for update skip locked) waiting)
        update {tables.Incoming} set owner_id = $1 where id in (select id from claimed)
        returning {MessageTables.Read}
        """;

    private string ForgetDead =>
        $"""
        with old as materialized (select node_number from {tables.Nodes} where node_number <> $1 and health_check < now() - $3::interval)
        delete from {tables.Nodes} where node_number in (select node_number from old where pg_try_advisory_xact_lock($2, node_number))
        """;

    // Left by a commit whose answer never arrived
    private string Forgotten =>
        $"""
        select {MessageTables.Read} from {tables.Incoming}
        where owner_id = $1 and owner_id <> 0 and status = 'Incoming' and "timestamp" < now() - $3::interval and id <> all($2) limit 100
        """;

    // Its handler was removed: no node that is still registered listens to the queue
    private string BuryOrphans =>
        $"""
        with recursive queues(name) as (
            select min(received_at) from {tables.Incoming} where owner_id = 0 and status = 'Incoming'
            union all
            select (select min(received_at) from {tables.Incoming} where owner_id = 0 and status = 'Incoming' and received_at > name)
            from queues where name is not null),
        unheard as materialized (
            select name from queues where name is not null and name not in (select unnest(capabilities) from {tables.Nodes})),
        gone as (
            delete from {tables.Incoming} where id in (
                select id from {tables.Incoming} as waiting
                where owner_id = 0 and status = 'Incoming' and received_at in (select name from unheard) and "timestamp" < now() - $1::interval
                limit 100 for update skip locked)
            returning id, body, message_type, received_at)
        insert into {tables.DeadLetters} (id, body, message_type, received_at, exception_type, exception_message, sent_at, replayable)
        select id, body, message_type, received_at, '{typeof(InvalidOperationException).FullName}',
               'No handler listens to ' || received_at, now(), false
        from gone on conflict (id) do nothing
        """;

    // A machine that vanished without closing its connection loses its lock within seven seconds, not hours; the last setting is for
    // one that vanished while an answer was on its way, when no keepalives are sent
    private const string NoticeLostPeer = "set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 4; set tcp_user_timeout = 7000";
}

internal sealed record Heartbeat(IReadOnlyList<Envelope> Claimed, DateTimeOffset? NextDue, DateTimeOffset ServerTime);
