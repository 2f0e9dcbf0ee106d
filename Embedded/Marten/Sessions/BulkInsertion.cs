using System.Buffers;
using Marten.Exceptions;
using Marten.Schema;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;

namespace Marten.Sessions;

/// <summary>Many documents by COPY, batch by batch in one transaction (published: IBulkLoader).</summary>
internal sealed class BulkInsertion(DocumentStore store)
{
    private const string Staging = "mt_bulk";

    public async Task RunAsync<T>(IReadOnlyCollection<T> documents, BulkInsertMode mode, int batchSize, CancellationToken token) where T : notnull
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var storage = store.StorageFor(typeof(T));
        await store.EnsureAsync(storage, token);
        await using var connection = await store.DataSource.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        try
        {
            // Straight into the table when nothing has to be computed or compared on the way: nothing piles up, so one batch is enough
            var direct = mode == BulkInsertMode.InsertsOnly && storage.Duplicates.Length == 0;
            batchSize = direct ? int.MaxValue : batchSize;
            var move = direct ? "" : $"{storage.Sql.FromBulk(mode)}; TRUNCATE {Staging}";
            if (!direct)
            {
                await ExecuteAsync(
                    connection, $"CREATE TEMP TABLE {Staging} ON COMMIT DROP AS SELECT id, data, mt_dotnet_type FROM {storage.Table} WITH NO DATA", token);
            }

            using var rows = documents.GetEnumerator();
            for (var more = rows.MoveNext(); more;)
            {
                more = await CopyAsync(connection, storage, direct, rows, batchSize, token);
                if (!direct)
                {
                    await ExecuteAsync(connection, move, token);
                }
            }

            await transaction.CommitAsync(token);
        }
        catch (PostgresException failure)
        {
            throw new MartenCommandException(null, failure, $"Bulk insert of {typeof(T).FullName}: ");
        }
    }

    /// <summary>Copies the current row and up to a batch of them; true when more are left.</summary>
    private static async Task<bool> CopyAsync<T>(
        NpgsqlConnection connection, DocumentStorage storage, bool direct, IEnumerator<T> rows, int batchSize, CancellationToken token) where T : notnull
    {
        var revised = direct && storage.Mapping.NumericRevisions;
        var columns = $"id, data, mt_dotnet_type{(revised ? ", mt_version" : "")}";
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = storage.Serializer.WriterTo(buffer);
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {(direct ? storage.Table : Staging)} ({columns}) FROM STDIN (FORMAT binary)", token);
        var more = true;
        for (var count = 0; more && count < batchSize; count++, more = rows.MoveNext())
        {
            var document = rows.Current;
            await copy.StartRowAsync(token);
            await storage.CopyIdAsync(copy, document, token);
            buffer.ResetWrittenCount();
            json.Reset();
            storage.Write(document, json);
            await copy.WriteAsync(buffer.WrittenMemory, NpgsqlDbType.Jsonb, token);
            await copy.WriteAsync(document.GetType().FullName!, NpgsqlDbType.Varchar, token);
            if (revised)
            {
                await (storage.SmallRevisions
                    ? copy.WriteAsync(1, NpgsqlDbType.Integer, token)
                    : copy.WriteAsync(1L, NpgsqlDbType.Bigint, token));
            }
        }

        await copy.CompleteAsync(token);
        return more;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(token);
    }
}
