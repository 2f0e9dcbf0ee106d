using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace MilleCafes.Benchmarks;

/// <summary>The statements of the embedded stack, written by hand with nothing between them and Npgsql; the JSON is the same too.</summary>
internal static class BareSql
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static byte[] Write<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T)));

    public static async Task<T?> LoadAsync<T>(NpgsqlDataSource database, string sql, Guid id)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(Parameter(id));
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read<T>(reader) : default;
    }

    public static async Task<List<T>> ListAsync<T>(NpgsqlDataSource database, string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var documents = new List<T>();
        while (await reader.ReadAsync())
        {
            documents.Add(Read<T>(reader));
        }

        return documents;
    }

    public static NpgsqlBatchCommand InsertDocument<T>(string table, Guid id, T document) =>
        new($"INSERT INTO {table} AS d (id, data, mt_dotnet_type, mt_version) VALUES ($1, $2, $3, 1)")
        {
            Parameters =
            {
                Parameter(id),
                new NpgsqlParameter<byte[]> { TypedValue = Write(document), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new NpgsqlParameter<string> { TypedValue = typeof(T).FullName!, NpgsqlDbType = NpgsqlDbType.Varchar },
            },
        };

    public static NpgsqlBatchCommand InsertEnvelope<T>(string table, BareEnvelope<T> envelope, DateTime? due = null) =>
        new($"insert into {table} (id, status, owner_id, execution_time, attempts, body, message_type, received_at) values ($1, $2, $3, $4, 0, $5, $6, $7)")
        {
            Parameters =
            {
                Parameter(envelope.Id),
                new NpgsqlParameter<string> { TypedValue = due is null ? "Incoming" : "Scheduled" },
                new NpgsqlParameter<int> { TypedValue = due is null ? BareEnvelope.Owner : 0 },
                new NpgsqlParameter { Value = due ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<byte[]> { TypedValue = Write(envelope.Body) },
                new NpgsqlParameter<string> { TypedValue = typeof(T).FullName! },
                new NpgsqlParameter<string> { TypedValue = BareEnvelope.Queue },
            },
        };

    public static NpgsqlBatchCommand DeleteEnvelope(string table, Guid id) =>
        new($"delete from {table} where id = $1 and owner_id = $2")
        {
            Parameters = { Parameter(id), new NpgsqlParameter<int> { TypedValue = BareEnvelope.Owner } },
        };

    public static async Task ExecuteAsync(NpgsqlDataSource database, params IEnumerable<NpgsqlBatchCommand> commands)
    {
        await using var batch = database.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    public static async Task CopyAsync(NpgsqlDataSource database, string table, IEnumerable<Cafe> cafes)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} (id, data, mt_dotnet_type, mt_version) FROM STDIN (FORMAT binary)");
        foreach (var cafe in cafes)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(cafe.Id, NpgsqlDbType.Uuid);
            await copy.WriteAsync(Write(cafe), NpgsqlDbType.Jsonb);
            await copy.WriteAsync(typeof(Cafe).FullName!, NpgsqlDbType.Varchar);
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
        }

        await copy.CompleteAsync();
    }

    private static NpgsqlParameter<Guid> Parameter(Guid id) => new() { TypedValue = id, NpgsqlDbType = NpgsqlDbType.Uuid };

    private static T Read<T>(NpgsqlDataReader reader) =>
        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T)))!;
}

/// <summary>An envelope as the message tables hold it.</summary>
internal sealed record BareEnvelope<T>(Guid Id, BareEnvelopeBody<T> Body);

internal sealed record BareEnvelopeBody<T>(DateTimeOffset SentAt, Guid ConversationId, string Source, T Message);

internal static class BareEnvelope
{
    public const int Owner = 1;

    public const string Queue = "local://millecafes.benchmarks.bare/";

    public static BareEnvelope<T> Of<T>(T message) =>
        new(Guid.CreateVersion7(), new(TimeProvider.System.GetUtcNow(), Guid.Empty, "benchmarks", message));
}
