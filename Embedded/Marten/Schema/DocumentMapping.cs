using System.Reflection;
using System.Text;
using Marten.Exceptions;
using Weasel.Postgresql.Tables;

namespace Marten.Schema;

/// <summary>How one document type is stored: name of the table, revisions, indexes, duplicated columns.</summary>
internal sealed class DocumentMapping(Type documentType)
{
    public Type DocumentType { get; } = documentType;

    /// <summary>The table's name after mt_doc_.</summary>
    public string Alias { get; } =
        (documentType.IsNested ? $"{documentType.DeclaringType!.Name}_{documentType.Name}" : documentType.Name).ToLowerInvariant();

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
    private const int Longest = 63;

    public static string Quote(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > Longest)
        {
            throw new MartenException($"The name {name} is longer than the {Longest} bytes that PostgreSQL keeps: give a shorter one");
        }

        return "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
