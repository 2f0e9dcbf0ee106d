using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Marten.Exceptions;

namespace Marten.Linq;

/// <summary>Where a member lies in the row, as SQL (published: IQueryableMember).</summary>
internal sealed record Locator(Type Type, string Sql, bool CanBeNull)
{
    /// <summary>The table's alias with its dot, for members of the document; null for those of an array's element.</summary>
    public string? Alias { get; init; }

    /// <summary>The expression that the path starts from: the document, or an element of an array.</summary>
    public string Root { get; init; } = "";

    public string[] Path { get; init; } = [];

    /// <summary>The member as jsonb; null when it is computed.</summary>
    public string? Json { get; init; }

    /// <summary>The member as text, null when JSON holds null or nothing.</summary>
    public string Text { get; init; } = Sql;

    // ICU, because a server's own locale may know ASCII only
    public string Lower => $"lower({Text} COLLATE \"und-x-icu\")";

    public string Upper => $"upper({Text} COLLATE \"und-x-icu\")";

    /// <summary>What an array holds; null for all that is not a JSON array, as dictionaries and byte arrays.</summary>
    public Type? ElementType { get; init; }

    public bool IsCollection => ElementType is not null;

    /// <summary>The array, or an empty one where JSON holds something else.</summary>
    public string Elements => $"CASE WHEN jsonb_typeof({Json}) = 'array' THEN {Json} ELSE '[]'::jsonb END";
}

/// <summary>Turns members of documents into SQL; queries and indexes share it, so that their expressions are the same.</summary>
internal sealed class Locators(DocumentSerializer serializer, string functionSchema, Type documentType, Dictionary<string, string> duplicatedColumns)
{
    private readonly ConcurrentDictionary<(Type, string), string> _names = [];

    public DocumentSerializer Serializer => serializer;

    /// <summary>A member of the document by its path; the alias is that of the table, with its dot.</summary>
    public Locator Of(IEnumerable<MemberInfo> path, string alias) => path.Aggregate(Document(alias), Member);

    public Locator Document(string alias) => Root(documentType, alias + "data") with { Alias = alias };

    public Locator Root(Type type, string json) => Build(type, null, json, [], canBeNull: true);

    public Locator Member(Locator parent, MemberInfo member)
    {
        var path = parent.Path.Append(NameOf(parent.Type, member)).ToArray();
        var type = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
        var canBeNull = (parent.CanBeNull && parent.Path.Length > 0) || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        var built = Build(type, parent.Alias, parent.Root, path, canBeNull);
        if (parent.Alias is null)
        {
            return built;
        }

        if (path.Length == 1 && member.Name == "Id")
        {
            return built with { Sql = parent.Alias + "id", Text = parent.Alias + "id", CanBeNull = false };
        }

        if (duplicatedColumns.TryGetValue(string.Join('.', path), out var column))
        {
            return built with { Sql = parent.Alias + column, Text = type == typeof(string) ? parent.Alias + column : built.Text };
        }

        return built;
    }

    /// <summary>The SQL that casts a text, as the functions of the store's schema do.</summary>
    public string Cast(string text, ScalarType scalar) => scalar switch
    {
        { Function: { } function } => $"{functionSchema}.{function}({text})",
        { PgType: { } type } => $"CAST({text} as {type})",
        _ => text,
    };

    private static string Literal(string name) => "'" + name.Replace("'", "''", StringComparison.Ordinal) + "'";

    private Locator Build(Type type, string? alias, string root, string[] path, bool canBeNull)
    {
        var json = path.Aggregate(root, (sql, name) => $"{sql} -> {Literal(name)}");
        var text = path.Length == 0
            ? $"({root} #>> '{{}}')"
            : $"({path[..^1].Aggregate(root, (sql, name) => $"{sql} -> {Literal(name)}")} ->> {Literal(path[^1])})";
        var scalar = ScalarType.Of(type, serializer);
        var info = scalar is null ? serializer.Options.GetTypeInfo(type) : null;
        return new Locator(type, scalar is null ? text : Cast(text, scalar), canBeNull)
        {
            Alias = alias,
            Root = root,
            Path = path,
            Json = $"({json})",
            Text = text,
            ElementType = info?.Kind == JsonTypeInfoKind.Enumerable ? info.ElementType : null,
        };
    }

    private string NameOf(Type type, MemberInfo member) => _names.GetOrAdd((type, member.Name), _ =>
    {
        var info = serializer.Options.GetTypeInfo(type);
        var property = info.Properties.FirstOrDefault(candidate => candidate.AttributeProvider is MemberInfo found && found.Name == member.Name);
        // A value that is left out when it is zero would be null here, and zero in memory
        var isThere = property is { Get: not null, CustomConverter: null } && (property.PropertyType is { IsValueType: false } || Nullable.GetUnderlyingType(property.PropertyType) is not null
            || member.Name == "Id" && type == documentType
            || property.ShouldSerialize is null && serializer.Options.DefaultIgnoreCondition != JsonIgnoreCondition.WhenWritingDefault);
        return isThere ? property!.Name
            : throw new BadLinqExpressionException($"{type.Name}.{member.Name} is not part of the JSON that the document is stored as");
    });
}
