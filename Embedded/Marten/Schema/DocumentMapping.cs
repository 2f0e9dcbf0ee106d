using System.Reflection;
using System.Text;
using Marten.Exceptions;
using Weasel.Postgresql.Tables;

namespace Marten.Schema;

/// <summary>How one document type is stored: schema, alias, identity, indexes, duplicated columns.</summary>
internal sealed class DocumentMapping
{
    private readonly StoreOptions _options;
    private string? _schemaName;

    public DocumentMapping(Type documentType, StoreOptions options)
    {
        _options = options;
        DocumentType = documentType;
        Alias = (documentType.IsNested ? $"{documentType.DeclaringType!.Name}_{documentType.Name}" : documentType.Name).ToLowerInvariant();
        IdMember = (MemberInfo?)documentType.GetProperty("Id") ?? documentType.GetProperty("id");
    }

    public Type DocumentType { get; }

    public string Alias { get; set; }

    public string SchemaName
    {
        get => _schemaName ?? _options.DatabaseSchemaName;
        set => _schemaName = value;
    }

    public MemberInfo? IdMember { get; set; }

    public bool NumericRevisions { get; set; }

    public List<IndexDefinition> Indexes { get; } = [];

    /// <summary>Columns that repeat a member of the JSON, by column name.</summary>
    public Dictionary<string, DuplicatedColumn> Duplicates { get; } = [];

    public string Duplicate(MemberInfo[] path, string? pgType, bool notNull)
    {
        var column = MemberPath.ColumnName(path);
        Duplicates[column] = new DuplicatedColumn(column, path, pgType, notNull);
        return column;
    }
}

/// <summary>A member repeated in a column of its own.</summary>
internal sealed record DuplicatedColumn(string Name, MemberInfo[] Path, string? PgType, bool NotNull);

/// <summary>Names of schemas, tables and indexes as they go into SQL.</summary>
internal static class Identifier
{
    public static string Quote(string name, int limit = 63)
    {
        if (Encoding.UTF8.GetByteCount(name) > limit)
        {
            throw new MartenException($"The name {name} is longer than the {limit} bytes that PostgreSQL keeps: give a shorter one");
        }

        return "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
