using System.Linq.Expressions;
using Marten.Schema;
using NpgsqlTypes;
using Weasel.Core;

namespace Marten.Linq;

/// <summary>A chain of LINQ operators read into the parts of one SELECT; what has no place there is refused by name.</summary>
internal sealed class QueryModel
{
    private readonly PredicateTranslator _predicates;
    private readonly Locator _root;
    private readonly List<string> _where = [];
    private readonly List<string> _order = [];
    private int _thenBy;
    private long _skip;

    public QueryModel(DocumentStorage storage, Expression expression)
    {
        Storage = storage;
        _root = storage.Locators.Document("d.");
        _predicates = new PredicateTranslator(storage.Locators, Parameters);
        Apply(expression);
    }

    public DocumentStorage Storage { get; }

    public SqlParameters Parameters { get; } = new();

    /// <summary>What each row becomes; null for the document itself.</summary>
    public Projection? Projection { get; private set; }

    private long? Limit { get; set; }

    private bool IsPaged => Limit is not null || _skip > 0;

    public string ToSql(long? atMost = null)
    {
        Limit = atMost is { } most && (Limit is null || most < Limit) ? most : Limit;
        var columns = Projection is null ? "d.data" : string.Join(", ", Projection.Columns);
        return Select(columns, ordered: true);
    }

    public string ToCount() => IsPaged ? $"SELECT count(*) FROM ({Select("1", ordered: false)}) AS page" : Select("count(*)", ordered: false);

    public string ToAny() => $"SELECT EXISTS ({Select("1", ordered: false)})";

    private string Select(string columns, bool ordered)
    {
        var sql = $"SELECT {columns} FROM {Storage.Table} AS d";
        if (_where.Count > 0)
        {
            sql += " WHERE " + string.Join(" AND ", _where);
        }

        if (ordered && _order.Count > 0)
        {
            sql += " ORDER BY " + string.Join(", ", _order);
        }

        if (Limit is { } limit)
        {
            sql += " LIMIT " + Parameters.Add(limit, NpgsqlDbType.Bigint);
        }

        return _skip > 0 ? sql + " OFFSET " + Parameters.Add(_skip, NpgsqlDbType.Bigint) : sql;
    }

    private void Apply(Expression expression)
    {
        if (expression is ConstantExpression { Value: IMartenQuery })
        {
            return;
        }

        if (expression is not MethodCallExpression { Method: var method } call || method.DeclaringType != typeof(Queryable) || call.Arguments.Count != 2)
        {
            throw Captured.Refuse(expression);
        }

        Apply(call.Arguments[0]);
        switch (method.Name)
        {
            case nameof(Queryable.Where) when !IsPaged && Projection is null && Lambda(call) is { Parameters.Count: 1 } predicate:
                _where.Add(_predicates.Translate(predicate, _root));
                break;
            case nameof(Queryable.OrderBy) or nameof(Queryable.OrderByDescending) when !IsPaged && Projection is null:
                // A later OrderBy goes first, and the earlier ones settle its ties
                _thenBy = 0;
                _order.Insert(_thenBy++, Ordering(call));
                break;
            case nameof(Queryable.ThenBy) or nameof(Queryable.ThenByDescending) when !IsPaged && Projection is null:
                _order.Insert(_thenBy++, Ordering(call));
                break;
            case nameof(Queryable.Skip) when Limit is null:
                _skip += Math.Max(0, Number(call));
                break;
            case nameof(Queryable.Take) when call.Arguments[1].Type == typeof(int):
                Limit = Math.Min(Limit ?? long.MaxValue, Math.Max(0, Number(call)));
                break;
            case nameof(Queryable.Select) when Projection is null && Lambda(call) is { Parameters.Count: 1 } selector:
                Projection = new Projection(selector, _predicates, _root, Storage.Serializer);
                break;
            default:
                throw Captured.Refuse(call, $"{method.Name} here");
        }
    }

    private string Ordering(MethodCallExpression call)
    {
        var member = _predicates.Locate(Lambda(call), _root);
        var type = Nullable.GetUnderlyingType(member.Type) ?? member.Type;
        var scalar = ScalarType.Of(type, Storage.Serializer) ?? throw Captured.Refuse(call, $"an order of {type.Name}");
        var sql = member.Sql;
        if (type.IsEnum && Storage.Serializer.EnumStorage == EnumStorage.AsString)
        {
            // Enums are stored by name, and ordered by value
            var names = Enum.GetValues(type).Cast<object>().Order().Select(value => (string)scalar.Convert(value)).ToArray();
            sql = $"array_position({Parameters.Add(names, NpgsqlDbType.Array | NpgsqlDbType.Text)}, {sql})";
        }
        else if (type == typeof(string))
        {
            sql += " COLLATE \"C\"";
        }

        var descending = call.Method.Name.EndsWith("Descending", StringComparison.Ordinal);
        return sql + (descending, member.CanBeNull) switch
        {
            (true, true) => " DESC NULLS LAST",
            (true, false) => " DESC",
            (false, true) => " NULLS FIRST",
            _ => "",
        };
    }

    private static long Number(MethodCallExpression call) => (int)Captured.Value(call.Arguments[1])!;

    private static LambdaExpression Lambda(MethodCallExpression call) => call.Arguments[1] switch
    {
        UnaryExpression { NodeType: ExpressionType.Quote, Operand: LambdaExpression lambda } => lambda,
        LambdaExpression lambda => lambda,
        _ => throw Captured.Refuse(call),
    };
}
