using Weasel.Core;

namespace Marten.Schema;

/// <summary>The constant SQL of one document type; parameters are $1 id, $2 data, $3 .NET type, $4 revision.</summary>
internal sealed class DocumentSql
{
    /// <summary>Fails the batch with a division by zero when the command before it touched no row.</summary>
    private const string OrFail = " RETURNING 1) SELECT 1 / count(*) FROM touched";

    public DocumentSql(DocumentStorage storage)
    {
        var table = storage.Table;
        var numeric = storage.Mapping.NumericRevisions;
        var names = storage.Duplicates.Select(duplicate => Identifier.Quote(duplicate.Column.Name)).ToArray();
        var read = storage.Duplicates.Select(duplicate => storage.ColumnValue(duplicate.Column, "$2::jsonb")).ToArray();
        var columns = string.Concat(names.Select(name => ", " + name));
        var values = string.Concat(read.Select(value => ", " + value));
        var row = string.Concat(names.Zip(read, (name, value) => $", {value} AS {name}"));
        var fromExcluded = string.Concat(names.Select(name => $", {name} = excluded.{name}"));

        string Insert(string version) =>
            $"INSERT INTO {table} AS d (id, data, mt_dotnet_type, mt_version{columns}) VALUES ($1, $2, $3, {version}{values})";
        string Overwrite(string version) =>
            "data = excluded.data, mt_dotnet_type = excluded.mt_dotnet_type, mt_last_modified = transaction_timestamp(), " +
            $"mt_version = {version}{fromExcluded}";

        var first = numeric ? "1" : "gen_random_uuid()";
        var next = numeric ? "d.mt_version + 1" : "excluded.mt_version";

        this.Insert = Insert(first);
        Store = $"{Insert(first)} ON CONFLICT (id) DO UPDATE SET {Overwrite(next)}";
        Update = $"WITH excluded AS (SELECT $2::jsonb AS data, $3 AS mt_dotnet_type{row}), touched AS (UPDATE {table} AS d SET " +
            $"{Overwrite(numeric ? "d.mt_version + 1" : "gen_random_uuid()")} FROM excluded WHERE d.id = $1{OrFail}";
        Revise = $"WITH touched AS ({Insert("$4")} ON CONFLICT (id) DO UPDATE SET {Overwrite("excluded.mt_version")} " +
            $"WHERE d.mt_version < excluded.mt_version{OrFail}";
        Delete = $"DELETE FROM {table} WHERE id = $1";
        Load = $"SELECT data FROM {table} WHERE id = $1";
        LoadMany = $"SELECT data FROM {table} WHERE id = ANY($1)";
        FromBulk = mode => $"INSERT INTO {table} AS d (id, data, mt_dotnet_type, mt_version{columns}) SELECT id, data, mt_dotnet_type, {first}" +
            string.Concat(storage.Duplicates.Select(duplicate => ", " + storage.ColumnValue(duplicate.Column, "data"))) + " FROM mt_bulk" +
            mode switch
            {
                BulkInsertMode.InsertsOnly => "",
                BulkInsertMode.IgnoreDuplicates => " ON CONFLICT (id) DO NOTHING",
                BulkInsertMode.OverwriteExisting => $" ON CONFLICT (id) DO UPDATE SET {Overwrite(next)}",
                _ => throw new NotSupportedException($"BulkInsertMode.{mode}: insert, ignore or overwrite"),
            };
        Exists = $"SELECT EXISTS (SELECT 1 FROM {table} WHERE id = $1)";
    }

    public string Insert { get; }

    public string Store { get; }

    public string Update { get; }

    public string Revise { get; }

    public string Delete { get; }

    public string Load { get; }

    public string LoadMany { get; }

    public string Exists { get; }

    /// <summary>From the table that COPY has filled into the documents' own.</summary>
    public Func<BulkInsertMode, string> FromBulk { get; }
}
