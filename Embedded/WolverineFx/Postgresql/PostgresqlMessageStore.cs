using System.Text;
using Npgsql;
using NpgsqlTypes;
using Wolverine.Persistence.Durability;
using Wolverine.Runtime;

namespace Wolverine.Postgresql;

/// <summary>Reads and writes the envelopes: every change of an envelope in hand is conditional on still owning it.</summary>
internal sealed class PostgresqlMessageStore : IMessageStore
{
    private readonly WolverineRuntime runtime;
    private readonly string insertOne;
    private readonly string insertMany;
    private readonly string complete;
    private readonly string fence;
    private readonly string reschedule;

    public PostgresqlMessageStore(WolverineRuntime runtime, NpgsqlDataSource database)
    {
        this.runtime = runtime;
        Database = database;
        Tables = new MessageTables(runtime.Options.Durability);
        DeadLetters = new PostgresqlDeadLetters(runtime, this);
        var columns = "(id, status, owner_id, execution_time, attempts, body, message_type, received_at)";
        insertOne = $"insert into {Tables.Incoming} {columns} values ($1, $2, $3, $4, 0, $5, $6, $7)";
        insertMany = $"""
            insert into {Tables.Incoming} {columns}
            select id, status, owner, due, 0, body, type, queue
            from unnest($1::uuid[], $2::varchar[], $3::int[], $4::timestamptz[], $5::bytea[], $6::varchar[], $7::varchar[])
              as e(id, status, owner, due, body, type, queue)
            """;
        // Dividing by the number of rows touched makes the whole batch fail when the claim was lost
        complete = $"with done as (delete from {Tables.Incoming} where id = $1 and owner_id = $2 returning 1) select 1 / count(*) from done";
        fence = $"select 1 / count(*) from (select 1 from {Tables.Incoming} where id = $1 and owner_id = $2 for update) held";
        reschedule = $"""
            with done as (update {Tables.Incoming} set status = 'Scheduled', owner_id = 0, execution_time = $3, attempts = $4
                          where id = $1 and owner_id = $2 returning 1)
            select 1 / count(*) from done
            """;
    }

    public NpgsqlDataSource Database { get; }

    public MessageTables Tables { get; }

    public IDeadLetters DeadLetters { get; }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void AppendInserts(NpgsqlBatch batch, IReadOnlyList<Envelope> envelopes)
    {
        if (envelopes.Count == 1)
        {
            var only = envelopes[0];
            batch.BatchCommands.Add(Sql.Command(
                insertOne, only.Id, only.Status.ToString(), only.OwnerId, Due(only.ScheduledTime), only.Data, only.MessageType, only.Destination!.ToString()));
        }
        else if (envelopes.Count > 1)
        {
            var due = envelopes.Select(envelope => envelope.ScheduledTime?.UtcDateTime).ToArray();
            batch.BatchCommands.Add(Sql.Command(
                insertMany,
                envelopes.Select(envelope => envelope.Id).ToArray(),
                envelopes.Select(envelope => envelope.Status.ToString()).ToArray(),
                envelopes.Select(envelope => envelope.OwnerId).ToArray(),
                new NpgsqlParameter { Value = due, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                envelopes.Select(envelope => envelope.Data!).ToArray(),
                envelopes.Select(envelope => envelope.MessageType!).ToArray(),
                envelopes.Select(envelope => envelope.Destination!.ToString()).ToArray()));
        }
    }

    public NpgsqlBatchCommand Completion(Envelope envelope) => Sql.Command(complete, envelope.Id, envelope.OwnerId);

    /// <summary>Lets only the owner commit, without completing the envelope.</summary>
    public NpgsqlBatchCommand Fence(Envelope envelope) => Sql.Command(fence, envelope.Id, envelope.OwnerId);

    public NpgsqlBatchCommand Reschedule(Envelope envelope, DateTimeOffset time) =>
        Sql.Command(reschedule, envelope.Id, envelope.OwnerId, time, envelope.Attempts);

    /// <summary>Commits what a transaction holds when no document session does it.</summary>
    public async Task CommitAsync(EnvelopeTransaction transaction, CancellationToken token)
    {
        await using var connection = await Database.OpenConnectionAsync(token);
        await using var batch = connection.CreateBatch();
        transaction.AppendTo(batch);
        if (batch.BatchCommands.Count > 0)
        {
            try
            {
                await batch.ExecuteNonQueryAsync(token);
            }
            catch (PostgresException failure) when (transaction.Explain(failure) is { } explanation)
            {
                throw explanation;
            }
        }

        transaction.AfterCommit();
    }

    public Task DiscardAsync(Envelope envelope, CancellationToken token) =>
        Database.ExecuteAsync($"delete from {Tables.Incoming} where id = $1 and owner_id = $2", token, envelope.Id, envelope.OwnerId);

    /// <summary>True when the envelope was still ours to schedule.</summary>
    public async Task<bool> ScheduleAsync(Envelope envelope, DateTimeOffset time, CancellationToken token) =>
        await Database.ExecuteAsync(
            $"update {Tables.Incoming} set status = 'Scheduled', owner_id = 0, execution_time = $3, attempts = $4 where id = $1 and owner_id = $2",
            token, envelope.Id, envelope.OwnerId, time, envelope.Attempts) > 0;

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
            token, envelope.Id, envelope.OwnerId, envelope.Source ?? runtime.Options.ServiceName,
            exception.GetType().FullName, Printable(exception.Message), envelope.SentAt) > 0;

    public Task ReleaseAsync(int owner, CancellationToken token) =>
        Database.ExecuteAsync($"update {Tables.Incoming} set owner_id = 0 where owner_id = $1", token, owner);

    /// <summary>Claims scheduled envelopes before their time, for <c>PlayScheduledMessagesAsync</c>.</summary>
    public async Task<IReadOnlyList<Envelope>> ClaimScheduledAsync(Guid[] ids, int owner, CancellationToken token)
    {
        await using var connection = await Database.OpenConnectionAsync(token);
        await using var command = new NpgsqlCommand(
            $"""
            update {Tables.Incoming} set status = 'Incoming', owner_id = $2, execution_time = null
            where id = any($1) and status = 'Scheduled'
            returning id, attempts, body, message_type, received_at
            """, connection)
        {
            Parameters = { new NpgsqlParameter { Value = ids }, new NpgsqlParameter { Value = owner } }
        };
        await using var reader = await command.ExecuteReaderAsync(token);
        return await ReadAsync(reader, owner, token);
    }

    /// <summary>Reads rows of (id, attempts, body, message_type, received_at), oldest first.</summary>
    public static async Task<List<Envelope>> ReadAsync(NpgsqlDataReader reader, int owner, CancellationToken token)
    {
        var envelopes = new List<Envelope>();
        while (await reader.ReadAsync(token))
        {
            envelopes.Add(new Envelope
            {
                Id = reader.GetGuid(0),
                Attempts = await reader.IsDBNullAsync(1, token) ? 0 : reader.GetInt32(1),
                Data = await reader.GetFieldValueAsync<byte[]>(2, token),
                MessageType = reader.GetString(3),
                Destination = new Uri(reader.GetString(4), UriKind.RelativeOrAbsolute),
                OwnerId = owner
            });
        }

        envelopes.Sort((one, other) => one.Id.CompareTo(other.Id));
        return envelopes;
    }

    private static NpgsqlParameter Due(DateTimeOffset? time) =>
        new() { Value = time is { } set ? set.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    // PostgreSQL takes neither a null character nor half of a surrogate pair
    private static string Printable(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);
}
