using JasperFx;
using Marten.Exceptions;
using Npgsql;

namespace Marten.Schema;

/// <summary>Creates what is missing in the database under an advisory lock, and never drops (published: Weasel's migration).</summary>
internal sealed class SchemaMigration(NpgsqlDataSource source, StoreOptions options, AutoCreate autoCreate)
{
    private const int Attempts = 3;
    private const int OldestServer = 14;

    // The published default, so that hosts of both stacks wait for one another
    private const long Lock = 4004;

    private const string WhatIsThere = """
        SELECT 'schema:' || nspname, NULL FROM pg_namespace WHERE nspname = $1
        UNION ALL SELECT 'relation:' || $1 || '.' || relname, NULL FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident($1))
        UNION ALL SELECT 'function:' || $1 || '.' || proname, NULL FROM pg_proc WHERE pronamespace = to_regnamespace(quote_ident($1))
        UNION ALL SELECT 'column:' || $1 || '.' || c.relname || '.' || a.attname, format_type(a.atttypid, NULL)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = to_regnamespace(quote_ident($1)) AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL SELECT 'forbidden:' || $1 || '.' || relname, NULL FROM pg_class
            WHERE relnamespace = to_regnamespace(quote_ident($1)) AND relkind IN ('r', 'p') AND (NOT has_schema_privilege(relnamespace, 'USAGE')
                OR NOT has_table_privilege(oid, 'SELECT') OR NOT has_table_privilege(oid, 'INSERT')
                OR NOT has_table_privilege(oid, 'UPDATE') OR NOT has_table_privilege(oid, 'DELETE'))
        """;

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
            }
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, SchemaName: "pg_catalog" })
            {
            }
        }

        foreach (var storage in storages)
        {
            storage.Ready = autoCreate != AutoCreate.None || options.AutoCreateSchemaObjects == AutoCreate.None;
        }
    }

    private async Task ApplyOnceAsync(IReadOnlyCollection<DocumentStorage> storages, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new MartenException($"PostgreSQL {connection.PostgreSqlVersion} is too old: the document store needs {OldestServer} or newer");
        }

        await using var transaction = await connection.BeginTransactionAsync(token);
        // No time is too long for another host's work, nor for an index of a large table
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { CommandTimeout = 0, Parameters = { new() { Value = Lock } } })
        {
            await command.ExecuteNonQueryAsync(token);
        }

        var existing = await ReadExistingAsync(connection, token);
        foreach (var storage in storages)
        {
            Check(storage, existing);
        }

        var missing = SchemaObject.Of(options.DatabaseSchemaName, storages).Where(wanted => !existing.ContainsKey(wanted.Key)).ToList();
        if (autoCreate != AutoCreate.None && missing.Count > 0)
        {
            await CreateAsync(connection, missing, token);
        }

        await transaction.CommitAsync(token);
    }

    /// <summary>In one round trip: a first start creates hundreds of things.</summary>
    private static async Task CreateAsync(NpgsqlConnection connection, List<SchemaObject> missing, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        var labels = missing.SelectMany(wanted => wanted.Statements.Select(statement => (Command: new NpgsqlBatchCommand(statement), wanted.Label))).ToList();
        labels.ForEach(labelled => batch.BatchCommands.Add(labelled.Command));
        try
        {
            await batch.ExecuteNonQueryAsync(token);
        }
        catch (PostgresException failure)
        {
            // Of those that succeeded, the type is known
            var failed = labels.First(labelled => labelled.Command.StatementType == StatementType.Unknown);
            throw new MartenException($"Cannot create {failed.Label}: {failure.MessageText}", failure);
        }
    }

    private async Task<Dictionary<string, string?>> ReadExistingAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var existing = new Dictionary<string, string?>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(WhatIsThere, connection) { Parameters = { new() { Value = options.DatabaseSchemaName } } };
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            existing[reader.GetString(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        }

        return existing;
    }

    private static void Check(DocumentStorage storage, Dictionary<string, string?> existing)
    {
        var table = $"{storage.SchemaName}.{storage.TableName}";
        if (!existing.ContainsKey("relation:" + table))
        {
            return;
        }

        if (existing.ContainsKey("forbidden:" + table))
        {
            throw new MartenException($"The table {table} belongs to someone else: this user may not read and write it");
        }

        (string Name, string[] Types)[] columns =
        [
            ("id", [storage.IdPgType]), ("data", ["jsonb"]), ("mt_version", storage.Mapping.NumericRevisions ? ["bigint", "integer"] : ["uuid"]),
            ("mt_dotnet_type", ["character varying"]), ("mt_last_modified", ["timestamp with time zone"]),
        ];
        foreach (var (name, types) in columns)
        {
            if (!types.Contains(existing.GetValueOrDefault($"column:{table}.{name}")))
            {
                throw new MartenException($"The table {table} has no column {name} of type {types[0]}, as the document {storage.DocumentType.FullName} needs");
            }
        }

        storage.SmallRevisions = existing[$"column:{table}.mt_version"] == "integer";
    }
}
