using Marten.Exceptions;
using Marten.Schema;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;

namespace Marten.Sessions;

/// <summary>Many documents by COPY, in one transaction (published: IBulkLoader).</summary>
internal sealed class BulkInsertion(DocumentStore store)
{
    public async Task RunAsync<T>(IReadOnlyCollection<T> documents, BulkInsertMode mode, CancellationToken token) where T : notnull
    {
        var storage = store.StorageFor(typeof(T));
        await store.EnsureAsync(storage, token);
        await using var connection = await store.DataSource.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        try
        {
            // Straight into the table when nothing has to be computed or compared on the way
            var direct = mode == BulkInsertMode.InsertsOnly && storage.Duplicates.Length == 0;
            if (!direct)
            {
                await ExecuteAsync(connection, $"CREATE TEMP TABLE mt_bulk (LIKE {storage.Table} INCLUDING DEFAULTS) ON COMMIT DROP", token);
            }

            await CopyAsync(connection, storage, direct ? storage.Table : "mt_bulk", documents, token);
            if (!direct)
            {
                await ExecuteAsync(connection, storage.Sql.FromBulk(mode), token);
            }

            await transaction.CommitAsync(token);
        }
        catch (PostgresException failure)
        {
            throw new MartenCommandException(null, failure, $"Bulk insert of {typeof(T).FullName}: ");
        }
    }

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, DocumentStorage storage, string table, IReadOnlyCollection<T> documents, CancellationToken token)
        where T : notnull
    {
        var numeric = storage.Mapping.NumericRevisions;
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table} (id, data, mt_dotnet_type{(numeric ? ", mt_version" : "")}) FROM STDIN (FORMAT binary)", token);
        foreach (var document in documents)
        {
            var id = storage.Identify(document);
            await copy.StartRowAsync(token);
            await copy.WriteAsync(id, storage.IdDbType, token);
            await copy.WriteAsync(storage.Write(document), NpgsqlDbType.Jsonb, token);
            await copy.WriteAsync(document.GetType().FullName!, NpgsqlDbType.Varchar, token);
            if (numeric)
            {
                await copy.WriteAsync(1L, NpgsqlDbType.Bigint, token);
            }
        }

        await copy.CompleteAsync(token);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(token);
    }
}
