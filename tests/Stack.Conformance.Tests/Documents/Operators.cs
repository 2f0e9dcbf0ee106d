using System.Linq.Expressions;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>Collects what predicates are made of, to be sure that none of it is never generated.</summary>
internal sealed class Operators : ExpressionVisitor
{
    /// <summary>What architecture.md promises of queries.</summary>
    public static readonly string[] Promised =
    [
        "Equal", "NotEqual", "LessThan", "LessThanOrEqual", "GreaterThan", "GreaterThanOrEqual", "AndAlso", "OrElse", "And", "Or", "Not",
        "== null", "!= null", "HasValue", "Value", "nested member", "member against member", "value against member",
        "String.Equals", "String.Contains", "String.StartsWith", "String.EndsWith", "String.IsNullOrEmpty", "String.ToLowerInvariant", "String.ToUpperInvariant",
        "String.Equals ignoring case", "String.Contains ignoring case", "String.StartsWith ignoring case", "String.EndsWith ignoring case",
        "Contains a value", "Contains a member", "Enumerable.Any", "Enumerable.Any that", "Enumerable.All that", "Count", "Length", "LinqExtensions.IsOneOf",
        .. from type in (string[])["Int32", "Int64", "Decimal", "Double", "String", "Boolean", "DateOnly", "DateTimeOffset", "DateTime", "Nature", "Guid"]
           select $"of {type}",
        .. from type in (string[])["Int32", "Boolean", "DateOnly", "DateTimeOffset", "Nature", "Guid"] select $"of {type}?",
    ];

    public HashSet<string> Seen { get; } = [];

    protected override Expression VisitBinary(BinaryExpression node)
    {
        Seen.Add(node.NodeType.ToString());
        if (node.Right is ConstantExpression { Value: null } or UnaryExpression { Operand: ConstantExpression { Value: null } })
        {
            Seen.Add(node.NodeType == ExpressionType.Equal ? "== null" : "!= null");
        }

        var (left, right) = (IsOfDocument(node.Left), IsOfDocument(node.Right));
        Seen.Add((left, right) switch
        {
            (true, true) => "member against member",
            (false, true) => "value against member",
            _ => "member against value",
        });
        Seen.Add(Nullable.GetUnderlyingType(node.Left.Type) is { } underlying ? $"of {underlying.Name}?" : $"of {node.Left.Type.Name}");
        return base.VisitBinary(node);
    }

    protected override Expression VisitUnary(UnaryExpression node)
    {
        Seen.Add(node.NodeType == ExpressionType.ArrayLength ? "Length" : node.NodeType.ToString());
        Seen.Add(node is { NodeType: ExpressionType.Convert, Operand: MemberExpression { Type.IsEnum: true } } ? $"of {node.Operand.Type.Name}" : "");
        Seen.Add(node is { NodeType: ExpressionType.Convert, Operand: MemberExpression member } && Nullable.GetUnderlyingType(member.Type) is { IsEnum: true } kind
            ? $"of {kind.Name}?" : "");
        return base.VisitUnary(node);
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        Seen.Add(node.Member.Name);
        Seen.Add(node is { Expression: MemberExpression { Member.Name: nameof(Probe.Place) } } ? "nested member" : "");
        return base.VisitMember(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        var name = $"{node.Method.DeclaringType!.Name}.{node.Method.Name}";
        if (node.Method.Name == "Contains" && node.Method.DeclaringType != typeof(string))
        {
            name = IsOfDocument(node.Arguments[^1]) ? "Contains a member" : "Contains a value";
        }

        Seen.Add(name);
        Seen.Add(node.Arguments.Count > 0 && node.Arguments[^1] is LambdaExpression ? $"{name} that" : "");
        Seen.Add(node.Arguments.Count > 0 && node.Arguments[^1] is ConstantExpression { Value: StringComparison.OrdinalIgnoreCase } ? $"{name} ignoring case" : "");
        return base.VisitMethodCall(node);
    }

    private static bool IsOfDocument(Expression expression)
    {
        var search = new ParameterSearch();
        search.Visit(expression);
        return search.Found;
    }

    private sealed class ParameterSearch : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found = true;
            return node;
        }
    }
}
