using System.Linq.Expressions;

namespace Marten.Linq;

/// <summary>Operands of comparisons: members of the document, of its parts and of its arrays' elements.</summary>
internal sealed partial class PredicateTranslator
{
    /// <summary>A member, or a predicate used as a value: (a == b) == c.</summary>
    private Locator Operand(Expression expression) =>
        expression is BinaryExpression or UnaryExpression { NodeType: ExpressionType.Not } or MethodCallExpression && expression.Type == typeof(bool)
            ? new Locator(typeof(bool), $"({Predicate(expression)} IS TRUE)", CanBeNull: false)
            : Locate(expression);

    private Locator Locate(Expression expression) => expression switch
    {
        ParameterExpression parameter when _roots.TryGetValue(parameter, out var root) => root,
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert when IsFaithful(convert) => Locate(convert.Operand),
        MemberExpression { Member.Name: "Value" } member when IsNullable(member.Expression) =>
            NotNull(Locate(member.Expression!)),
        MemberExpression { Member.Name: "HasValue" } member when IsNullable(member.Expression) =>
            new Locator(typeof(bool), Predicate(member), CanBeNull: false),
        MemberExpression { Member.Name: "Count" or "Length", Expression: { } source } member when Locate(source) is { IsCollection: true } array =>
            Count(array),
        UnaryExpression { NodeType: ExpressionType.ArrayLength, Operand: var source } when Locate(source) is { IsCollection: true } array => Count(array),
        MethodCallExpression { Method: { Name: "Count", DeclaringType: var type }, Arguments: [var source] } when type == typeof(Enumerable) =>
            Locate(source) is { IsCollection: true } array ? Count(array) : throw Captured.Refuse(expression),
        MemberExpression { Expression: { } source } member when source.Type != typeof(string) && Locate(source) is { } parent && IsObject(parent) =>
            locators.Member(parent, member.Member),
        MethodCallExpression { Method.Name: "ToLower" or "ToLowerInvariant", Arguments.Count: 0, Object: { } text } when text.Type == typeof(string) =>
            Cased(Locate(text), upper: false),
        MethodCallExpression { Method.Name: "ToUpper" or "ToUpperInvariant", Arguments.Count: 0, Object: { } text } when text.Type == typeof(string) =>
            Cased(Locate(text), upper: true),
        _ => throw Captured.Refuse(expression),
    };

    private static Locator Count(Locator array) => new(typeof(int), $"jsonb_array_length({array.Elements})", CanBeNull: false);

    private static Locator NotNull(Locator member) => member with { Type = Underlying(member.Type) };

    private static Locator Cased(Locator text, bool upper) => new(typeof(string), upper ? text.Upper : text.Lower, text.CanBeNull);

    private bool IsObject(Locator parent) =>
        parent.Json is not null && !parent.IsCollection && ScalarType.Of(parent.Type, locators.Serializer) is null;

    /// <summary>The conversion changes neither equality nor order as PostgreSQL sees them.</summary>
    private static bool IsFaithful(UnaryExpression convert)
    {
        var (from, to) = (Underlying(convert.Operand.Type), Underlying(convert.Type));
        if (from == to || to.IsAssignableFrom(from) || from.IsEnum && (IsNumber(to) || Enum.GetUnderlyingType(from) == to))
        {
            return Nullable.GetUnderlyingType(convert.Operand.Type) is null || Nullable.GetUnderlyingType(convert.Type) is not null || !to.IsValueType;
        }

        return from == typeof(int) && to == typeof(long)
            || (from == typeof(int) || from == typeof(long)) && (to == typeof(double) || to == typeof(decimal));
    }
}
