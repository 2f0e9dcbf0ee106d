using System.Linq.Expressions;

namespace Marten.Linq;

/// <summary>
/// Turns a predicate into SQL that is TRUE exactly when C# says true, and FALSE or NULL otherwise; so a negation is
/// always IS NOT TRUE, and SQL's third value never shows (published: WhereClauseParser).
/// </summary>
internal sealed partial class PredicateTranslator(Locators locators, SqlParameters parameters)
{
    private static readonly Dictionary<ExpressionType, string> Operators = new()
    {
        [ExpressionType.Equal] = "=",
        [ExpressionType.NotEqual] = "<>",
        [ExpressionType.LessThan] = "<",
        [ExpressionType.LessThanOrEqual] = "<=",
        [ExpressionType.GreaterThan] = ">",
        [ExpressionType.GreaterThanOrEqual] = ">=",
    };

    private readonly Dictionary<ParameterExpression, Locator> _roots = [];
    private int _elements;

    public string Translate(LambdaExpression predicate, Locator root)
    {
        _roots[predicate.Parameters[0]] = root;
        return Predicate(predicate.Body);
    }

    /// <summary>One member, for orderings and projections.</summary>
    public Locator Locate(LambdaExpression selector, Locator root)
    {
        _roots[selector.Parameters[0]] = root;
        return Locate(selector.Body);
    }

    public Locator Locate(Expression expression, ParameterExpression parameter, Locator root)
    {
        _roots[parameter] = root;
        return Locate(expression);
    }

    private string Predicate(Expression expression)
    {
        if (Captured.IsIn(expression))
        {
            return Captured.Value(expression) is true ? "TRUE" : "FALSE";
        }

        return expression switch
        {
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse } first when Captured.IsIn(first.Left) =>
                Captured.Value(first.Left) is true == (first.NodeType == ExpressionType.AndAlso) ? Predicate(first.Right)
                    : first.NodeType == ExpressionType.OrElse ? "TRUE" : "FALSE",
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } both when both.Type == typeof(bool) =>
                $"({Predicate(both.Left)} AND {Predicate(both.Right)})",
            BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } either when either.Type == typeof(bool) =>
                $"({Predicate(either.Left)} OR {Predicate(either.Right)})",
            UnaryExpression { NodeType: ExpressionType.Not } negation when negation.Type == typeof(bool) => Not(Predicate(negation.Operand)),
            BinaryExpression comparison when Operators.ContainsKey(comparison.NodeType) => Comparison(comparison),
            MemberExpression { Member.Name: "HasValue" } member when IsNullable(member.Expression) => $"({NullTest(Locate(member.Expression!))} IS NOT NULL)",
            MemberExpression or ParameterExpression when expression.Type == typeof(bool) => Locate(expression).Sql,
            MethodCallExpression call => Call(call),
            _ => throw Captured.Refuse(expression),
        };
    }

    private static string Not(string predicate) => $"({predicate} IS NOT TRUE)";

    private static bool IsNullable(Expression? expression) => expression is not null && Nullable.GetUnderlyingType(expression.Type) is not null;

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;
}
