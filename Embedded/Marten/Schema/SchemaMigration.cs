using Marten.Exceptions;
using Npgsql;

namespace Marten.Schema;

/// <summary>Creates what is missing in the database under an advisory lock, and never drops (published: Weasel's migration).</summary>
internal sealed class SchemaMigration(NpgsqlDataSource source, StoreOptions options)
{
    private const int Attempts = 3;

    private const string WhatIsThere = """
        SELECT 'schema:' || nspname FROM pg_namespace WHERE nspname = ANY($1)
        UNION ALL SELECT 'relation:' || n.nspname || '.' || c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY($1)
        UNION ALL SELECT 'column:' || n.nspname || '.' || c.relname || '.' || a.attname || ':' || format_type(a.atttypid, NULL)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL SELECT 'relation:' || n.nspname || '.' || c.relname || '.' || a.attname
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL SELECT 'function:' || n.nspname || '.' || p.proname
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY($1)
        UNION ALL SELECT 'forbidden:' || n.nspname || '.' || c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND (NOT has_schema_privilege(n.oid, 'USAGE')
                OR NOT has_table_privilege(c.oid, 'SELECT') OR NOT has_table_privilege(c.oid, 'INSERT')
                OR NOT has_table_privilege(c.oid, 'UPDATE') OR NOT has_table_privilege(c.oid, 'DELETE'))
        """;

    private sealed record SchemaObject(string Key, string Label, string Sql);

    public async Task ApplyAsync(IReadOnlyCollection<DocumentStorage> storages, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ApplyOnceAsync(storages, token);
                break;
            }
            catch (MartenException failure) when (attempt < Attempts && failure.InnerException is PostgresException
            {
                // Another program that does not know the lock was faster
                SqlState: PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject
                    or PostgresErrorCodes.DuplicateFunction,
            })
            {
            }
        }

        foreach (var storage in storages)
        {
            storage.Ready = true;
        }
    }

    private async Task ApplyOnceAsync(IReadOnlyCollection<DocumentStorage> storages, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        if (connection.PostgreSqlVersion.Major < 14)
        {
            throw new MartenException($"PostgreSQL {connection.PostgreSqlVersion} is too old: the document store needs 14 or newer");
        }

        await using var transaction = await connection.BeginTransactionAsync(token);
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = (long)options.ApplyChangesLockId } } })
        {
            await command.ExecuteNonQueryAsync(token);
        }

        var existing = await ReadExistingAsync(connection, storages, token);
        foreach (var storage in storages)
        {
            Check(storage, existing);
        }

        foreach (var wanted in Wanted(storages))
        {
            if (!existing.Contains(wanted.Key))
            {
                await CreateAsync(connection, wanted, token);
            }
        }

        await transaction.CommitAsync(token);
    }

    private static async Task CreateAsync(NpgsqlConnection connection, SchemaObject wanted, CancellationToken token)
    {
        try
        {
            await using var command = new NpgsqlCommand(wanted.Sql, connection);
            await command.ExecuteNonQueryAsync(token);
        }
        catch (PostgresException failure)
        {
            throw new MartenException($"Cannot create {wanted.Label}: {failure.MessageText}", failure);
        }
    }

    private async Task<HashSet<string>> ReadExistingAsync(
        NpgsqlConnection connection, IReadOnlyCollection<DocumentStorage> storages, CancellationToken token)
    {
        var schemas = storages.Select(storage => storage.SchemaName).Append(options.DatabaseSchemaName).Distinct().ToArray();
        var existing = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(WhatIsThere, connection) { Parameters = { new() { Value = schemas } } };
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            existing.Add(reader.GetString(0));
        }

        return existing;
    }

    private static void Check(DocumentStorage storage, HashSet<string> existing)
    {
        var table = $"{storage.SchemaName}.{storage.TableName}";
        if (!existing.Contains("relation:" + table))
        {
            return;
        }

        if (existing.Contains("forbidden:" + table))
        {
            throw new MartenException($"The table {table} belongs to someone else: this user may not read and write it");
        }

        string[] columns = [$"id:{storage.IdPgType}", "data:jsonb", "mt_version:" + (storage.Mapping.NumericRevisions ? "bigint" : "uuid"),
            "mt_dotnet_type:character varying", "mt_last_modified:timestamp with time zone"];
        foreach (var column in columns)
        {
            if (!existing.Contains($"column:{table}.{column}"))
            {
                throw new MartenException($"The table {table} has no column {column.Replace(":", " of type ", StringComparison.Ordinal)}, as the document {storage.DocumentType.FullName} needs");
            }
        }
    }

    private IEnumerable<SchemaObject> Wanted(IReadOnlyCollection<DocumentStorage> storages)
    {
        foreach (var schema in storages.Select(storage => storage.SchemaName).Append(options.DatabaseSchemaName).Distinct())
        {
            yield return new($"schema:{schema}", $"the schema {schema}", $"CREATE SCHEMA {Identifier.Quote(schema)}");
        }

        foreach (var type in (string[])["timestamptz", "timestamp", "date", "time"])
        {
            var name = $"{options.DatabaseSchemaName}.mt_immutable_{type}";
            yield return new($"function:{name}", $"the function {name}",
                $"CREATE FUNCTION {Identifier.Quote(options.DatabaseSchemaName)}.mt_immutable_{type}(value text) RETURNS {type} " +
                $"LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'select value::{type}'");
        }

        foreach (var storage in storages)
        {
            var table = $"{storage.SchemaName}.{storage.TableName}";
            var version = storage.Mapping.NumericRevisions
                ? "bigint NOT NULL DEFAULT 0"
                : "uuid NOT NULL DEFAULT gen_random_uuid()";
            yield return new($"relation:{table}", $"the table {table}",
                $"CREATE TABLE {storage.Table} (id {storage.IdPgType} NOT NULL, data jsonb NOT NULL, " +
                "mt_last_modified timestamptz DEFAULT transaction_timestamp(), mt_dotnet_type varchar, " +
                $"mt_version {version}, CONSTRAINT {Identifier.Quote(PrimaryKey(storage))} PRIMARY KEY (id))");
            foreach (var (column, locator) in storage.Duplicates)
            {
                var name = Identifier.Quote(column.Name);
                yield return new($"relation:{table}.{column.Name}", $"the column {table}.{column.Name}",
                    $"ALTER TABLE {storage.Table} ADD COLUMN {name} {storage.ColumnType(column, locator)}; " +
                    $"UPDATE {storage.Table} SET {name} = {storage.ColumnValue(column, "data")}" +
                    (column.NotNull ? $"; ALTER TABLE {storage.Table} ALTER COLUMN {name} SET NOT NULL" : ""));
            }

            foreach (var index in storage.Mapping.Indexes)
            {
                yield return new($"relation:{storage.SchemaName}.{index.Name}", $"the index {index.Name} of {table}", index.ToSql(storage));
            }
        }
    }

    internal static string PrimaryKey(DocumentStorage storage) => $"pkey_{storage.TableName}_id";
}
