using Npgsql;
using NpgsqlTypes;
using Wolverine.Persistence.Durability;
using Wolverine.Persistence.Durability.DeadLetterManagement;
using Wolverine.Runtime;

namespace Wolverine.Postgresql;

/// <summary>The dead-letter table.</summary>
internal sealed class PostgresqlDeadLetters(WolverineRuntime runtime, PostgresqlMessageStore store) : IDeadLetters
{
    // One static condition for every query: an unused filter is a null parameter
    private const string Matches =
        """
        case when cardinality($1::uuid[]) > 0 then id = any($1) else
             ($2::varchar is null or message_type = $2) and ($3::varchar is null or exception_type = $3)
         and ($4::varchar is null or exception_message like '%' || $4 || '%') and ($5::varchar is null or received_at = $5) end
        """;

    private string Table => store.Tables.DeadLetters;

    public async Task<DeadLetterEnvelope?> DeadLetterEnvelopeByIdAsync(Guid id, string? tenantId = default) =>
        (await QueryAsync(new DeadLetterEnvelopeQuery([id]), CancellationToken.None)).Envelopes.SingleOrDefault();

    public async Task<DeadLetterEnvelopeResults> QueryAsync(DeadLetterEnvelopeQuery query, CancellationToken token)
    {
        var page = Math.Max(1, query.PageNumber);
        await using var connection = await store.Database.OpenConnectionAsync(token);
        await using var command = new NpgsqlCommand(
            $"""
            select id, execution_time, body, message_type, received_at, source, exception_type, exception_message, sent_at,
                   coalesce(replayable, false), count(*) over ()
            from {Table} where {Matches} order by sent_at, id limit $6 offset $7
            """, connection);
        AddFilter(command.Parameters, query);
        command.Parameters.Add(new NpgsqlParameter { Value = query.PageSize });
        command.Parameters.Add(new NpgsqlParameter { Value = (page - 1) * query.PageSize });
        await using var reader = await command.ExecuteReaderAsync(token);
        var results = new DeadLetterEnvelopeResults { PageNumber = query.PageNumber };
        while (await reader.ReadAsync(token))
        {
            results.Envelopes.Add(Read(reader));
            results.TotalCount = reader.GetInt32(10);
        }

        return results;
    }

    public async Task ReplayAsync(DeadLetterEnvelopeQuery query, CancellationToken token)
    {
        runtime.Upkeep.CountRemoved(await ExecuteAsync(
            $"""
            with gone as (delete from {Table} where {Matches} returning id, body, message_type, received_at)
            insert into {store.Tables.Incoming} (id, status, owner_id, execution_time, attempts, body, message_type, received_at)
            select id, 'Incoming', 0, null, 0, body, message_type, received_at from gone
            on conflict (id) do nothing
            """, query, token));
        runtime.Agent.Nudge();
    }

    public async Task DiscardAsync(DeadLetterEnvelopeQuery query, CancellationToken token) =>
        runtime.Upkeep.CountRemoved(await ExecuteAsync($"delete from {Table} where {Matches}", query, token));

    private async Task<int> ExecuteAsync(string sql, DeadLetterEnvelopeQuery query, CancellationToken token)
    {
        await using var connection = await store.Database.OpenConnectionAsync(token);
        await using var command = new NpgsqlCommand(sql, connection);
        AddFilter(command.Parameters, query);
        return await command.ExecuteNonQueryAsync(token);
    }

    private DeadLetterEnvelope Read(NpgsqlDataReader reader)
    {
        var envelope = new Envelope
        {
            Id = reader.GetGuid(0),
            Body = reader.GetFieldValue<byte[]>(2),
            MessageType = reader.GetString(3),
            Destination = Uri.TryCreate(Text(reader, 4), UriKind.Absolute, out var destination) ? destination : null
        };
        runtime.TryReadBody(envelope);
        return new DeadLetterEnvelope(
            envelope.Id, Time(reader, 1), envelope, envelope.MessageType, Text(reader, 4), Text(reader, 5), Text(reader, 6), Text(reader, 7),
            Time(reader, 8) ?? default, reader.GetBoolean(9));
    }

    private static string Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static void AddFilter(NpgsqlParameterCollection parameters, DeadLetterEnvelopeQuery query)
    {
        parameters.Add(new NpgsqlParameter { Value = query.MessageIds });
        foreach (var text in new[] { query.MessageType, query.ExceptionType, query.ExceptionMessage, query.ReceivedAt })
        {
            parameters.Add(new NpgsqlParameter { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        }
    }
}
