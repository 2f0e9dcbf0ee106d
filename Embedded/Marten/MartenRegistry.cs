using System.Linq.Expressions;
using Marten.Schema;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace Marten;

/// <summary>The list of a store's documents; can be subclassed to keep one module's in one place.</summary>
public class MartenRegistry
{
    private readonly StoreOptions? _options;
    private readonly List<Action<StoreOptions>> _later = [];

    public MartenRegistry()
    {
    }

    internal MartenRegistry(StoreOptions options) => _options = options;

    public DocumentMappingExpression<T> For<T>() where T : notnull
    {
        if (_options is not null)
        {
            return new DocumentMappingExpression<T>(configure => configure(_options.MappingFor(typeof(T))));
        }

        return new DocumentMappingExpression<T>(configure => _later.Add(options => configure(options.MappingFor(typeof(T)))));
    }

    public void Include<T>()
        where T : MartenRegistry, new() => Include(new T());

    public void Include(MartenRegistry registry)
    {
        foreach (var action in registry._later)
        {
            if (_options is not null)
            {
                action(_options);
            }
            else
            {
                _later.Add(action);
            }
        }
    }
}

/// <summary>What can be said of one document type: identity, names, indexes, revisions.</summary>
public class DocumentMappingExpression<T>
{
    private readonly Action<Action<DocumentMapping>> _alter;

    internal DocumentMappingExpression(Action<Action<DocumentMapping>> alter)
    {
        _alter = alter;
        _alter(_ => { });
    }

    public DocumentMappingExpression<T> DatabaseSchemaName(string databaseSchemaName) =>
        Alter(mapping => mapping.SchemaName = databaseSchemaName.ToLowerInvariant());

    public DocumentMappingExpression<T> DocumentAlias(string alias) => Alter(mapping => mapping.Alias = alias.ToLowerInvariant());

    public DocumentMappingExpression<T> Identity(Expression<Func<T, object?>> member) =>
        Alter(mapping => mapping.IdMember = MemberPath.Of(member)[^1]);

    public DocumentMappingExpression<T> Index(Expression<Func<T, object?>> expression, Action<ComputedIndex>? configure = null) =>
        Index([expression], configure);

    public DocumentMappingExpression<T> Index(
        IReadOnlyCollection<Expression<Func<T, object?>>> expressions, Action<ComputedIndex>? configure = null) =>
        AddIndex(unique: false, null, expressions, configure);

    public DocumentMappingExpression<T> UniqueIndex(params Expression<Func<T, object?>>[] expressions) =>
        UniqueIndex(UniqueIndexType.Computed, expressions);

    public DocumentMappingExpression<T> UniqueIndex(string indexName, params Expression<Func<T, object?>>[] expressions) =>
        UniqueIndex(UniqueIndexType.Computed, indexName, expressions);

    public DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType, params Expression<Func<T, object?>>[] expressions) =>
        UniqueIndex(indexType, null!, expressions);

    public DocumentMappingExpression<T> UniqueIndex(
        UniqueIndexType indexType, string indexName, params Expression<Func<T, object?>>[] expressions)
    {
        if (indexType == UniqueIndexType.DuplicatedField)
        {
            Alter(mapping => Array.ForEach(expressions, expression => mapping.Duplicate(MemberPath.Of(expression), null, notNull: false)));
        }

        return AddIndex(unique: true, indexName, expressions, null);
    }

    public DocumentMappingExpression<T> GinIndexJsonData(Action<DocumentIndex>? configureIndex = null) => Alter(mapping =>
    {
        var index = new DocumentIndex(mapping, ["data jsonb_path_ops"], "data") { Method = IndexMethod.gin };
        configureIndex?.Invoke(index);
        mapping.Indexes.Add(index);
    });

    public DocumentMappingExpression<T> Duplicate(
        Expression<Func<T, object?>> expression,
        string? pgType = null,
        NpgsqlDbType? dbType = null,
        Action<DocumentIndex>? configure = null,
        bool notNull = false) => Alter(mapping =>
        {
            var column = mapping.Duplicate(MemberPath.Of(expression), pgType, notNull);
            var index = new DocumentIndex(mapping, [column], column);
            configure?.Invoke(index);
            mapping.Indexes.Add(index);
        });

    public DocumentMappingExpression<T> UseNumericRevisions(bool enabled) => Alter(mapping => mapping.NumericRevisions = enabled);

    private DocumentMappingExpression<T> AddIndex(
        bool unique, string? name, IEnumerable<Expression<Func<T, object?>>> expressions, Action<ComputedIndex>? configure) => Alter(mapping =>
    {
        var index = new ComputedIndex(mapping, [.. expressions.SelectMany(MemberPath.All)]) { IsUnique = unique };
        if (name is not null)
        {
            index.Name = name;
        }

        configure?.Invoke(index);
        mapping.Indexes.Add(index);
    });

    private DocumentMappingExpression<T> Alter(Action<DocumentMapping> action)
    {
        _alter(action);
        return this;
    }
}
