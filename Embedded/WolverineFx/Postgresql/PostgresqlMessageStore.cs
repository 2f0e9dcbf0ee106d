using System.Text;
using Npgsql;
using NpgsqlTypes;
using Wolverine.Persistence.Durability;
using Wolverine.Runtime;

namespace Wolverine.Postgresql;

/// <summary>Reads and writes the envelopes: every change of an envelope in hand is conditional on still owning it.</summary>
internal sealed class PostgresqlMessageStore : IMessageStore
{
    /// <summary>So many nodes have ended with an envelope in hand that it may be why: each further start of its handler is counted.</summary>
    public const int Suspect = 3;

    /// <summary>So many, and the envelope becomes a dead letter.</summary>
    public const int Convicted = Suspect + 5;

    // Bytes of the envelopes' table above which its free end goes back to the disk; below, it is kept for the next ones
    private const int Huge = 256 * 1024 * 1024;

    private readonly WolverineRuntime runtime;
    private readonly string insertOne;
    private readonly string insertMany;
    private readonly string complete;
    private readonly string completeAlone;
    private readonly string completeMany;
    private readonly string fence;
    private readonly string schedule;
    private readonly string reschedule;

    public PostgresqlMessageStore(WolverineRuntime runtime, NpgsqlDataSource database)
    {
        this.runtime = runtime;
        Database = database;
        Tables = new MessageTables(runtime.Options.Durability);
        DeadLetters = new PostgresqlDeadLetters(runtime, this);
        const string Own = "where id = $1 and owner_id = $2";
        var insert = $"insert into {Tables.Incoming} (id, status, owner_id, execution_time, attempts, body, message_type, received_at)";
        insertOne = $"{insert} values ($1, $2, $3, $4, 0, $5, $6, $7)";
        insertMany = $"""
            {insert}
            select id, status, owner, due, 0, body, type, queue
            from unnest($1::uuid[], $2::varchar[], $3::int[], $4::timestamptz[], $5::bytea[], $6::varchar[], $7::varchar[])
              as e(id, status, owner, due, body, type, queue)
            """;
        schedule = $"update {Tables.Incoming} set status = 'Scheduled', owner_id = 0, execution_time = $3, attempts = $4, interruptions = 0 {Own}";
        // Dividing by the number of rows touched makes the whole batch fail when the claim was lost
        complete = $"with done as (delete from {Tables.Incoming} {Own} returning 1) select 1 / count(*) from done";
        // Not waited for until it is on the disk: a server that dies before that has the message handled once more, as when the node had died
        completeAlone = $"""
            with done as (delete from {Tables.Incoming} {Own} returning 1), hasty as (select set_config('synchronous_commit', 'off', true))
            select 1 / count(*) from done, hasty
            """;
        completeMany = $"""
            with hasty as materialized (select set_config('synchronous_commit', 'off', true)),
              done as (delete from {Tables.Incoming} where id = any($1) and owner_id = $2 returning id)
            select id from done, hasty
            """;
        fence = $"select 1 / count(*) from (select 1 from {Tables.Incoming} {Own} for update) held";
        reschedule = $"with done as ({schedule} returning 1) select 1 / count(*) from done";
    }

    public NpgsqlDataSource Database { get; }

    public MessageTables Tables { get; }

    public IDeadLetters DeadLetters { get; }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void AppendInserts(NpgsqlBatch batch, IReadOnlyList<Envelope> envelopes)
    {
        if (envelopes is [var only])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(insertOne)
            {
                Parameters =
                {
                    Sql.Typed(only.Id), Sql.Typed(only.Status.ToString()), Sql.Typed(only.OwnerId),
                    new NpgsqlParameter { Value = (object?)only.ScheduledTime?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                    Sql.Typed(only.Body!), Sql.Typed(only.MessageType!), Sql.Typed(only.Destination!.ToString())
                }
            });
        }
        else if (envelopes.Count > 0)
        {
            var due = envelopes.Select(envelope => envelope.ScheduledTime?.UtcDateTime).ToArray();
            batch.BatchCommands.Add(Sql.Command(
                insertMany,
                envelopes.Select(envelope => envelope.Id).ToArray(),
                envelopes.Select(envelope => envelope.Status.ToString()).ToArray(),
                envelopes.Select(envelope => envelope.OwnerId).ToArray(),
                new NpgsqlParameter { Value = due, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                envelopes.Select(envelope => envelope.Body!).ToArray(),
                envelopes.Select(envelope => envelope.MessageType!).ToArray(),
                envelopes.Select(envelope => envelope.Destination!.ToString()).ToArray()));
        }
    }

    /// <summary>Wakes the other nodes: something waits that this one has no room for.</summary>
    public NpgsqlBatchCommand CallOthers() => Sql.Command("select pg_notify($1, $2)", Tables.Channel, MessageTables.Payload(runtime.NodeNumber));

    /// <param name="envelope">What was handled.</param>
    /// <param name="alone">Nothing is committed with it.</param>
    public NpgsqlBatchCommand Completion(Envelope envelope, bool alone) =>
        new(alone ? completeAlone : complete) { Parameters = { Sql.Typed(envelope.Id), Sql.Typed(envelope.OwnerId) } };

    /// <summary>Deletes what was handled, as far as it is still the owner's; gives what it was.</summary>
    public async Task<HashSet<Guid>> CompleteAsync(Guid[] ids, int owner, CancellationToken token)
    {
        var gone = new HashSet<Guid>(ids.Length);
        await using var command = Database.CreateCommand(completeMany);
        command.Parameters.Add(Sql.Typed(ids));
        command.Parameters.Add(Sql.Typed(owner));
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            gone.Add(reader.GetGuid(0));
        }

        return gone;
    }

    /// <summary>Lets only the owner commit, without completing the envelope.</summary>
    public NpgsqlBatchCommand Fence(Envelope envelope) => Sql.Command(fence, envelope.Id, envelope.OwnerId);

    public NpgsqlBatchCommand Reschedule(Envelope envelope, DateTimeOffset time) =>
        Sql.Command(reschedule, envelope.Id, envelope.OwnerId, time, envelope.Attempts);

    /// <summary>Commits what a transaction holds when no document session does it.</summary>
    public async Task CommitAsync(EnvelopeTransaction transaction, CancellationToken token)
    {
        try
        {
            await using var batch = Database.CreateBatch();
            transaction.AppendTo(batch, alone: true);
            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(token);
            }
        }
        catch (Exception failure)
        {
            transaction.Abandon();
            if (failure is PostgresException refused && transaction.Explain(refused) is { } explanation)
            {
                throw explanation;
            }

            throw;
        }

        transaction.AfterCommit();
    }

    public async Task DiscardAsync(Envelope envelope, CancellationToken token) =>
        runtime.Upkeep.CountRemoved(await Database.ExecuteAsync(
            $"delete from {Tables.Incoming} where id = $1 and owner_id = $2", token, envelope.Id, envelope.OwnerId));

    /// <summary>True when the envelope was still ours to schedule.</summary>
    public async Task<bool> ScheduleAsync(Envelope envelope, DateTimeOffset time, CancellationToken token) =>
        await Database.ExecuteAsync(schedule, token, envelope.Id, envelope.OwnerId, time, envelope.Attempts) > 0;

    /// <summary>Counts that a suspect's handler starts now, before it can end the process; gives the count, or null when it is not ours.</summary>
    public async Task<int?> CountStartAsync(Envelope envelope, CancellationToken token)
    {
        await using var connection = await Database.OpenConnectionAsync(token);
        return await connection.ScalarAsync<int?>(
            $"update {Tables.Incoming} set interruptions = interruptions + 1 where id = $1 and owner_id = $2 returning interruptions",
            token, envelope.Id, envelope.OwnerId);
    }

    /// <summary>Forgets the interruptions of envelopes that a living process had in hand, whoever has them now.</summary>
    public Task<int> AcquitAsync(Guid[] envelopes, CancellationToken token) =>
        Database.ExecuteAsync($"update {Tables.Incoming} set interruptions = 0 where id = any($1) and interruptions > 0", token, envelopes);

    public async Task<bool> MoveToDeadLettersAsync(Envelope envelope, Exception exception, CancellationToken token) =>
        await Database.ExecuteAsync(
            $"""
            with gone as (delete from {Tables.Incoming} where id = $1 and owner_id = $2
                          returning id, execution_time, body, message_type, received_at)
            insert into {Tables.DeadLetters}
              (id, execution_time, body, message_type, received_at, source, exception_type, exception_message, sent_at, replayable)
            select id, execution_time, body, message_type, received_at, $3, $4, $5, $6, false from gone
            on conflict (id) do nothing
            """,
            token, envelope.Id, envelope.OwnerId, Printable(envelope.Source ?? runtime.Options.ServiceName),
            exception.GetType().FullName, Printable(exception.Message), envelope.SentAt) > 0;

    /// <summary>Returns what a stopping node has in hand, and tells the others.</summary>
    public async Task ReleaseAsync(int owner)
    {
        await using var batch = Database.CreateBatch();
        // The time that a stop may take is often over by now, and a server may be gone
        batch.Timeout = 3;
        batch.BatchCommands.Add(Sql.Command($"update {Tables.Incoming} set owner_id = 0, interruptions = 0 where owner_id = $1 and owner_id <> 0", owner));
        batch.BatchCommands.Add(Sql.Command("select pg_notify($1, $2)", Tables.Channel, MessageTables.Payload(owner)));
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Makes the space of removed envelopes usable again; on another connection, for it may take its time.</summary>
    public async Task VacuumAsync(CancellationToken token)
    {
        await using var connection = await Database.OpenConnectionAsync(token);
        var huge = await connection.ScalarAsync<bool>($"select pg_relation_size('{Tables.Incoming.Replace("'", "''", StringComparison.Ordinal)}') > {Huge}", token);
        foreach (var vacuum in (string[])[$"vacuum (skip_locked, truncate {huge}) {Tables.Incoming}", $"vacuum (skip_locked) {Tables.DeadLetters}"])
        {
            await using var command = new NpgsqlCommand(vacuum, connection) { CommandTimeout = 300 };
            await command.ExecuteNonQueryAsync(token);
        }
    }

    public async Task<MessageCounts> CountAsync(CancellationToken token)
    {
        await using var command = Database.CreateCommand(
            $"select count(*) filter (where status = 'Incoming'), count(*) filter (where status = 'Scheduled') from {Tables.Incoming}");
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return new MessageCounts(reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Claims scheduled envelopes before their time, for <c>PlayScheduledMessagesAsync</c>.</summary>
    public async Task<IReadOnlyList<Envelope>> ClaimScheduledAsync(Guid[] ids, int owner, CancellationToken token)
    {
        await using var connection = await Database.OpenConnectionAsync(token);
        await using var command = new NpgsqlCommand(
            $"""
            update {Tables.Incoming} set status = 'Incoming', owner_id = $2, execution_time = null
            where id = any($1) and status = 'Scheduled'
            returning {MessageTables.Read}
            """, connection)
        {
            Parameters = { new NpgsqlParameter { Value = ids }, new NpgsqlParameter { Value = owner } }
        };
        await using var reader = await command.ExecuteReaderAsync(token);
        return await ReadAsync(reader, owner, token);
    }

    /// <summary>Reads rows of <see cref="MessageTables.Read"/>, oldest first.</summary>
    public static async Task<List<Envelope>> ReadAsync(NpgsqlDataReader reader, int owner, CancellationToken token)
    {
        var envelopes = new List<Envelope>();
        while (await reader.ReadAsync(token))
        {
            envelopes.Add(new Envelope
            {
                Id = reader.GetGuid(0),
                Attempts = await reader.IsDBNullAsync(1, token) ? 0 : reader.GetInt32(1),
                Body = await reader.GetFieldValueAsync<byte[]>(2, token),
                MessageType = reader.GetString(3),
                Destination = new Uri(reader.GetString(4), UriKind.RelativeOrAbsolute),
                Interruptions = reader.GetInt32(5),
                OwnerId = owner
            });
        }

        envelopes.Sort((one, other) => one.Id.CompareTo(other.Id));
        return envelopes;
    }

    // PostgreSQL takes neither a null character nor half of a surrogate pair
    private static string Printable(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);
}
