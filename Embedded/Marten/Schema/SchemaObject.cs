namespace Marten.Schema;

/// <summary>One thing the schema must hold: how it is known in the catalogue, how it is called in an error, what creates it, one statement after the other.</summary>
internal sealed record SchemaObject(string Key, string Label, params string[] Statements)
{
    public static IEnumerable<SchemaObject> Of(string schema, IReadOnlyCollection<DocumentStorage> storages) =>
        [OfSchema(schema), .. OfFunctions(schema), .. storages.SelectMany(OfDocument)];

    private static SchemaObject OfSchema(string schema) => new($"schema:{schema}", $"the schema {schema}", $"CREATE SCHEMA {Identifier.Quote(schema)}");

    // In PL/pgSQL, which is compiled once a session; in SQL, as the published stack has them, each row that is written plans them anew
    /// <summary>Casts that an index may use, because they promise not to depend on a session's settings.</summary>
    private static IEnumerable<SchemaObject> OfFunctions(string schema) => ((string[])["timestamptz", "timestamp", "date"]).Select(type =>
        new SchemaObject($"function:{schema}.mt_immutable_{type}", $"the function {schema}.mt_immutable_{type}",
            $"CREATE FUNCTION {Identifier.Quote(schema)}.mt_immutable_{type}(value text) RETURNS {type} " +
            $"LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS 'begin return value::{type}; end'"));

    private static IEnumerable<SchemaObject> OfDocument(DocumentStorage storage)
    {
        var table = $"{storage.SchemaName}.{storage.TableName}";
        var version = storage.Mapping.NumericRevisions ? "bigint NOT NULL DEFAULT 0" : "uuid NOT NULL DEFAULT gen_random_uuid()";
        yield return new($"relation:{table}", $"the table {table}",
            $"CREATE TABLE {storage.Table} (id {storage.IdPgType} NOT NULL, data jsonb NOT NULL, " +
            "mt_last_modified timestamptz DEFAULT transaction_timestamp(), mt_dotnet_type varchar, " +
            $"mt_version {version}, CONSTRAINT {Identifier.Quote(storage.PrimaryKey)} PRIMARY KEY (id))");
        foreach (var (column, locator) in storage.Duplicates)
        {
            var name = Identifier.Quote(column.Name);
            yield return new($"column:{table}.{column.Name}", $"the column {table}.{column.Name}",
            [
                $"ALTER TABLE {storage.Table} ADD COLUMN {name} {storage.ColumnType(column, locator)}",
                $"UPDATE {storage.Table} SET {name} = {storage.ColumnValue(column, "data")}",
                .. column.NotNull ? [$"ALTER TABLE {storage.Table} ALTER COLUMN {name} SET NOT NULL"] : Array.Empty<string>(),
            ]);
        }

        foreach (var index in storage.Mapping.Indexes)
        {
            yield return new($"relation:{storage.SchemaName}.{index.Name}", $"the index {index.Name} of {table}", index.ToSql(storage));
        }
    }
}
