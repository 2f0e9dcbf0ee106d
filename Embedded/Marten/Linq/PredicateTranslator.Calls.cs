using System.Collections;
using System.Linq.Expressions;
using System.Text.Json;
using NpgsqlTypes;

namespace Marten.Linq;

/// <summary>Methods inside predicates: those of collections and of values, and the store's own IsOneOf.</summary>
internal sealed partial class PredicateTranslator
{
    private string Call(MethodCallExpression call)
    {
        var method = call.Method;
        if (method.DeclaringType == typeof(string))
        {
            return StringCall(call);
        }

        if (method.DeclaringType == typeof(LinqExtensions))
        {
            return IsOneOf(call.Arguments[0], call.Arguments[1], call);
        }

        if (method.DeclaringType == typeof(Enumerable) && method.Name is "Any" or "All")
        {
            return call.Arguments is [_, LambdaExpression predicate]
                ? AnyElement(Array(call.Arguments[0], call), predicate, all: method.Name == "All")
                : NotEmpty(Array(call.Arguments[0], call));
        }

        if (method.Name == "Contains" && (method.IsStatic ? call.Arguments is [_, _] or [_, _, ConstantExpression { Value: null }] : call.Arguments is [_]))
        {
            var (source, value) = method.IsStatic ? (Unspan(call.Arguments[0]), call.Arguments[1]) : (call.Object!, call.Arguments[0]);
            if (method.DeclaringType?.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) is not true)
            {
                throw Captured.Refuse(call, "a Contains of its own");
            }

            return Captured.IsIn(source) ? IsOneOf(value, source, call) : ArrayContains(Array(source, call), value, call);
        }

        if (method.Name == "Equals" && !method.IsStatic && call.Arguments is [var other] && call.Object is { } self)
        {
            if (!Captured.IsIn(self) && !Captured.IsIn(other))
            {
                return CompareMembers(Operand(self), ExpressionType.Equal, Operand(other), call);
            }

            var (member, value) = Captured.IsIn(self) ? (other, Captured.Value(self)) : (self, Captured.Value(other));
            return value is not null && Unboxed(member) != value.GetType() ? "FALSE" : CompareToValue(Operand(member), ExpressionType.Equal, value, call);
        }

        throw Captured.Refuse(call);
    }

    /// <summary>What a value must be to equal this one once both are boxed.</summary>
    private static Type Unboxed(Expression member) =>
        Underlying(member is UnaryExpression { NodeType: ExpressionType.Convert, Operand: var operand } && member.Type == typeof(object) ? operand.Type : member.Type);

    /// <summary>C# 14 reads array.Contains as a span's: the array is inside the conversion.</summary>
    private static Expression Unspan(Expression source) => source switch
    {
        MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var array] } => array,
        UnaryExpression { NodeType: ExpressionType.Convert, Method.Name: "op_Implicit" } convert => convert.Operand,
        _ => source,
    };

    private Locator Array(Expression source, Expression whole) =>
        !Captured.IsIn(source) && Locate(Unspan(source)) is { IsCollection: true, Json: not null } array ? array : throw Captured.Refuse(whole);

    private static string NotEmpty(Locator array) => $"({array.Json} @> '[]'::jsonb AND {array.Json} <> '[]'::jsonb)";

    private string AnyElement(Locator array, LambdaExpression predicate, bool all)
    {
        var alias = $"e{++_elements}";
        _roots[predicate.Parameters[0]] = locators.Root(array.ElementType!, alias + ".value");
        var wanted = Predicate(predicate.Body);
        var from = $"EXISTS (SELECT 1 FROM jsonb_array_elements({array.Elements}) AS {alias}(value) WHERE";
        return all ? $"(NOT {from} {Not(wanted)}))" : $"{from} {wanted})";
    }

    private string ArrayContains(Locator array, Expression value, Expression whole)
    {
        var type = array.ElementType!;
        if (!Captured.IsIn(value) || ScalarType.Of(type, locators.Serializer) is not { } scalar)
        {
            throw Captured.Refuse(whole);
        }

        var wanted = Captured.Value(value);
        if (scalar.Function is not null && wanted is not null)
        {
            var alias = $"e{++_elements}";
            var element = locators.Root(type, alias + ".value");
            return $"EXISTS (SELECT 1 FROM jsonb_array_elements({array.Elements}) AS {alias}(value) " +
                $"WHERE {CompareToValue(element, ExpressionType.Equal, wanted, whole)})";
        }

        // Containment from the root, so that a GIN index on the whole document serves it
        object? json = new[] { JsonSerializer.SerializeToElement(wanted, type, locators.Serializer.Options) };
        for (var i = array.Path.Length - 1; i >= 0; i--)
        {
            json = new Dictionary<string, object?> { [array.Path[i]] = json };
        }

        return $"({array.Root} @> {parameters.Add(JsonSerializer.Serialize(json), NpgsqlDbType.Jsonb)})";
    }

    /// <summary>Arrays and lists, what LINQ makes of them, and sets that were given no other comparer.</summary>
    private static bool ComparesAsSql(IEnumerable values) => values is IList || values.GetType() is var type && (type.DeclaringType == typeof(Enumerable)
        || type.GetInterface("ISet`1") is { } set && type.GetProperty("Comparer")?.GetValue(values) is { } comparer && (comparer == StringComparer.Ordinal
            || comparer == typeof(EqualityComparer<>).MakeGenericType(set.GetGenericArguments()).GetProperty("Default")!.GetValue(null)));

    private string IsOneOf(Expression candidate, Expression source, Expression whole)
    {
        if (!Captured.IsIn(source) || Captured.Value(source) is not IEnumerable values || !ComparesAsSql(values) || Captured.IsIn(candidate))
        {
            throw Captured.Refuse(whole);
        }

        var member = Operand(candidate);
        var type = Underlying(member.Type);
        var given = values.Cast<object?>().ToArray();
        var present = given.OfType<object>().Where(value => value.GetType() == Unboxed(candidate))
            .Select(value => type.IsEnum ? Enum.ToObject(type, value) : value).ToArray();
        if (ScalarType.Of(present.Length == 0 ? type : present[0].GetType(), locators.Serializer) is not { } scalar)
        {
            throw Captured.Refuse(whole);
        }

        var array = System.Array.CreateInstance(scalar.Sent, present.Length);
        System.Array.Copy(System.Array.ConvertAll(present, value => scalar.Convert(value)), array, present.Length);
        var parameter = parameters.Add(array, NpgsqlDbType.Array | scalar.DbType);
        var any = scalar.Function is null
            ? $"({member.Sql} = ANY({parameter}))"
            : $"({member.Sql} = ANY(SELECT {locators.Cast("v", scalar)} FROM unnest({parameter}) AS v))";
        return given.Contains(null) ? $"({any} OR {NullTest(member)} IS NULL)" : any;
    }
}
