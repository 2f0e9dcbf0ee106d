using System.Linq.Expressions;
using Marten.Schema;
using NpgsqlTypes;

namespace Marten;

/// <summary>The list of a store's documents.</summary>
public class MartenRegistry
{
    private readonly StoreOptions _options;

    internal MartenRegistry(StoreOptions options) => _options = options;

    public DocumentMappingExpression<T> For<T>() where T : notnull => new(_options.MappingFor(typeof(T)));
}

/// <summary>What can be said of one document type: indexes, columns, revisions.</summary>
public class DocumentMappingExpression<T>
{
    private readonly DocumentMapping _mapping;

    internal DocumentMappingExpression(DocumentMapping mapping) => _mapping = mapping;

    public DocumentMappingExpression<T> Index(Expression<Func<T, object?>> expression, Action<ComputedIndex>? configure = null) =>
        Index([expression], configure);

    public DocumentMappingExpression<T> Index(
        IReadOnlyCollection<Expression<Func<T, object?>>> expressions, Action<ComputedIndex>? configure = null) =>
        AddIndex(unique: false, null, expressions, configure);

    public DocumentMappingExpression<T> UniqueIndex(params Expression<Func<T, object?>>[] expressions) =>
        AddIndex(unique: true, null, expressions, null);

    public DocumentMappingExpression<T> UniqueIndex(string indexName, params Expression<Func<T, object?>>[] expressions) =>
        AddIndex(unique: true, indexName, expressions, null);

    /// <summary>An index of the whole document, for what collections contain.</summary>
    public DocumentMappingExpression<T> GinIndexJsonData(Action<DocumentIndex>? configureIndex = null) =>
        AddIndex(new DocumentIndex(_mapping, "data jsonb_path_ops", "data") { Method = "gin" }, configureIndex);

    /// <summary>A column of its own for a member, with an index; the type of its parameters follows from the member.</summary>
    public DocumentMappingExpression<T> Duplicate(
        Expression<Func<T, object?>> expression,
        string? pgType = null,
        NpgsqlDbType? dbType = null,
        Action<DocumentIndex>? configure = null,
        bool notNull = false,
        bool partOfPrimaryKey = false)
    {
        if (partOfPrimaryKey)
        {
            throw new NotSupportedException($"Duplicate({expression}, partOfPrimaryKey: true): the primary key is the identity");
        }

        var column = _mapping.Duplicate(MemberPath.Of(expression), pgType, notNull);
        return AddIndex(new DocumentIndex(_mapping, Identifier.Quote(column), column), configure);
    }

    public DocumentMappingExpression<T> UseNumericRevisions(bool enabled)
    {
        _mapping.NumericRevisions = enabled;
        return this;
    }

    private DocumentMappingExpression<T> AddIndex(
        bool unique, string? name, IEnumerable<Expression<Func<T, object?>>> expressions, Action<ComputedIndex>? configure)
    {
        var index = new ComputedIndex(_mapping, [.. expressions.SelectMany(MemberPath.All)]) { IsUnique = unique };
        index.Name = name ?? index.Name;
        return AddIndex(index, configure);
    }

    private DocumentMappingExpression<T> AddIndex<TIndex>(TIndex index, Action<TIndex>? configure)
        where TIndex : Weasel.Postgresql.Tables.IndexDefinition
    {
        configure?.Invoke(index);
        _mapping.Indexes.Add(index);
        return this;
    }
}
