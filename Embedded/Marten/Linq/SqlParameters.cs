using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Marten.Exceptions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Linq;

/// <summary>The values of a statement: nothing that comes from outside is ever written into SQL.</summary>
internal sealed class SqlParameters
{
    public List<NpgsqlParameter> All { get; } = [];

    /// <summary>Adds a value and gives its place in the SQL.</summary>
    public string Add(object value, NpgsqlDbType type)
    {
        All.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return string.Create(CultureInfo.InvariantCulture, $"${All.Count}");
    }
}

/// <summary>The parts of an expression that do not depend on the document: captured variables, constants, calls.</summary>
internal static class Captured
{
    public static bool IsIn(Expression expression)
    {
        var search = new ParameterSearch();
        search.Visit(expression);
        return !search.Found;
    }

    public static object? Value(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => Read(member, member.Expression, field.GetValue),
        MemberExpression { Member: PropertyInfo property } member => Read(member, member.Expression, property.GetValue),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert when IsReferenceOrLift(convert) => Value(convert.Operand),
        MethodCallExpression { Method.ReturnType.IsByRefLike: false } call when !call.Arguments.Any(argument => argument.Type.IsByRefLike) =>
            Read(call, call.Object, on => call.Method.Invoke(on, BindingFlags.DoNotWrapExceptions, null, [.. call.Arguments.Select(Value)], null)),
        NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array => NewArray(array),
        _ => Compute(expression),
    };

    public static BadLinqExpressionException Refuse(Expression expression, string? why = null) =>
        new($"This has no faithful translation to SQL{(why is null ? "" : $" ({why})")}: {expression}");

    private static bool IsReferenceOrLift(UnaryExpression convert) =>
        convert.Type.IsAssignableFrom(convert.Operand.Type) || Nullable.GetUnderlyingType(convert.Type) == convert.Operand.Type;

    /// <summary>Reads from its parent; where that is null, compiled code says what C# does.</summary>
    private static object? Read(Expression whole, Expression? parent, Func<object?, object?> read) =>
        parent is null ? read(null) : Value(parent) is { } on ? read(on) : Compute(whole);

    private static Array NewArray(NewArrayExpression expression)
    {
        var array = Array.CreateInstance(expression.Type.GetElementType()!, expression.Expressions.Count);
        for (var i = 0; i < array.Length; i++)
        {
            array.SetValue(Value(expression.Expressions[i]), i);
        }

        return array;
    }

    private static object? Compute(Expression expression) =>
        Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile()();

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
