using System.Linq.Expressions;
using Weasel.Core;

namespace Marten.Linq;

/// <summary>Comparisons inside predicates: a member with a value, or with another member; null compares as in C#.</summary>
internal sealed partial class PredicateTranslator
{
    private static readonly Dictionary<ExpressionType, ExpressionType> Mirrored = new()
    {
        [ExpressionType.LessThan] = ExpressionType.GreaterThan,
        [ExpressionType.LessThanOrEqual] = ExpressionType.GreaterThanOrEqual,
        [ExpressionType.GreaterThan] = ExpressionType.LessThan,
        [ExpressionType.GreaterThanOrEqual] = ExpressionType.LessThanOrEqual,
    };

    private string Comparison(BinaryExpression comparison)
    {
        var (left, right, kind) = (comparison.Left, comparison.Right, comparison.NodeType);
        if (Captured.IsIn(left))
        {
            (left, right, kind) = (right, left, Mirrored.GetValueOrDefault(kind, kind));
        }

        var member = Operand(left);
        return Captured.IsIn(right)
            ? CompareToValue(member, kind, Captured.Value(right), comparison)
            : CompareMembers(member, kind, Operand(right), comparison);
    }

    private string CompareToValue(Locator member, ExpressionType kind, object? value, Expression whole)
    {
        if (value is null)
        {
            return kind switch
            {
                ExpressionType.Equal => $"({NullTest(member)} IS NULL)",
                ExpressionType.NotEqual => $"({NullTest(member)} IS NOT NULL)",
                _ => "FALSE",
            };
        }

        if (value is double.NaN)
        {
            return kind == ExpressionType.NotEqual ? "TRUE" : "FALSE";
        }

        CheckOrder(member, kind, whole);
        if (member.Type == typeof(bool) && value is bool wanted)
        {
            return wanted == (kind == ExpressionType.Equal) ? member.Sql : Not(member.Sql);
        }

        var parameter = Parameter(member, value, whole);
        return kind == ExpressionType.NotEqual && member.CanBeNull
            ? $"({member.Sql} IS DISTINCT FROM {parameter})"
            : $"({member.Sql} {Operators[kind]} {parameter})";
    }

    private string CompareMembers(Locator left, ExpressionType kind, Locator right, Expression whole)
    {
        CheckOrder(left, kind, whole);
        var (leftType, rightType) = (Underlying(left.Type), Underlying(right.Type));
        if (leftType != rightType && !(IsNumber(leftType) && IsNumber(rightType)) || ScalarType.Of(leftType, locators.Serializer) is null)
        {
            throw Captured.Refuse(whole, $"{leftType.Name} against {rightType.Name}");
        }

        var either = left.CanBeNull || right.CanBeNull;
        var symbol = kind switch
        {
            ExpressionType.Equal when either => "IS NOT DISTINCT FROM",
            ExpressionType.NotEqual when either => "IS DISTINCT FROM",
            _ => Operators[kind],
        };
        return $"({left.Sql} {symbol} {right.Sql})";
    }

    private void CheckOrder(Locator member, ExpressionType kind, Expression whole)
    {
        if (kind is not (ExpressionType.Equal or ExpressionType.NotEqual)
            && Underlying(member.Type).IsEnum && locators.Serializer.EnumStorage == EnumStorage.AsString)
        {
            throw Captured.Refuse(whole, "enums are stored by name");
        }
    }

    /// <summary>A value as the other side of a comparison with this member.</summary>
    private string Parameter(Locator member, object value, Expression whole)
    {
        var type = Underlying(member.Type);
        if (type.IsEnum && !value.GetType().IsEnum)
        {
            value = Enum.ToObject(type, value);
        }

        var (memberScalar, scalar) = (ScalarType.Of(type, locators.Serializer), ScalarType.Of(value.GetType(), locators.Serializer));
        if (memberScalar is null || scalar is null || (type != value.GetType() && !(IsNumber(type) && IsNumber(value.GetType()))))
        {
            throw Captured.Refuse(whole, $"{type.Name} against {value.GetType().Name}");
        }

        var parameter = parameters.Add(scalar.Convert(value), scalar.DbType);
        return scalar.Function is null ? parameter : locators.Cast(parameter, scalar);
    }

    private static string NullTest(Locator member) => member.Text;
}
