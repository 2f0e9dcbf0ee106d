using System.Collections;
using System.Linq.Expressions;
using System.Text.Json;
using NpgsqlTypes;

namespace Marten.Linq;

/// <summary>Methods inside predicates: those of strings, of collections, and the store's own IsOneOf.</summary>
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
            return Captured.IsIn(source) ? IsOneOf(value, source, call) : ArrayContains(Array(source, call), value, call);
        }

        if (method.Name == "Equals" && !method.IsStatic && call.Arguments is [var other] && call.Object is { } self)
        {
            return Captured.IsIn(self)
                ? CompareToValue(Operand(other), ExpressionType.Equal, Captured.Value(self), call)
                : Captured.IsIn(other)
                    ? CompareToValue(Operand(self), ExpressionType.Equal, Captured.Value(other), call)
                    : CompareMembers(Operand(self), ExpressionType.Equal, Operand(other), call);
        }

        throw Captured.Refuse(call);
    }

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

    private string IsOneOf(Expression candidate, Expression source, Expression whole)
    {
        if (!Captured.IsIn(source) || Captured.Value(source) is not IEnumerable values || Captured.IsIn(candidate))
        {
            throw Captured.Refuse(whole);
        }

        var member = Operand(candidate);
        var type = Underlying(member.Type);
        var given = values.Cast<object?>().Select(value => value is not null && type.IsEnum ? Enum.ToObject(type, value) : value).ToArray();
        var present = given.OfType<object>().ToArray();
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
        return given.Length > present.Length ? $"({any} OR {NullTest(member)} IS NULL)" : any;
    }

    private string StringCall(MethodCallExpression call)
    {
        if (call.Method.Name == nameof(string.IsNullOrEmpty))
        {
            var member = Locate(call.Arguments[0]);
            return $"({member.Sql} IS NULL OR {member.Sql} = '')";
        }

        var arguments = call.Object is null ? call.Arguments.ToArray() : [call.Object, .. call.Arguments];
        var ignoreCase = arguments.Length == 3 && arguments[2].Type == typeof(StringComparison) && Captured.IsIn(arguments[2])
            && Captured.Value(arguments[2]) is StringComparison.OrdinalIgnoreCase or StringComparison.InvariantCultureIgnoreCase
                or StringComparison.CurrentCultureIgnoreCase;
        if (arguments.Length is < 2 or > 3 || (arguments.Length == 3 && arguments[2].Type != typeof(StringComparison)))
        {
            throw Captured.Refuse(call);
        }

        var equality = call.Method.Name is nameof(string.Equals) or "op_Equality";
        if (equality && arguments[..2].FirstOrDefault(argument => Captured.IsIn(argument) && Captured.Value(argument) is null) is { } nothing)
        {
            return $"({Locate(arguments[arguments[0] == nothing ? 1 : 0]).Text} IS NULL)";
        }

        var (text, wanted) = (TextOf(arguments[0], ignoreCase, call), TextOf(arguments[1], ignoreCase, call));
        return call.Method.Name switch
        {
            _ when equality => Captured.IsIn(arguments[0]) || Captured.IsIn(arguments[1])
                ? $"({text} = {wanted})"
                : $"({text} IS NOT DISTINCT FROM {wanted})",
            nameof(string.Contains) => $"(strpos({text}, {wanted}) > 0)",
            nameof(string.StartsWith) => $"starts_with({text}, {wanted})",
            nameof(string.EndsWith) => $"(right({text}, length({wanted})) = {wanted})",
            _ => throw Captured.Refuse(call),
        };
    }

    private string TextOf(Expression expression, bool ignoreCase, Expression whole)
    {
        if (!Captured.IsIn(expression))
        {
            var member = Locate(expression);
            return member.Type != typeof(string) ? throw Captured.Refuse(whole) : ignoreCase ? (member with { Text = member.Sql }).Lower : member.Sql;
        }

        var value = Captured.Value(expression)?.ToString() ?? throw Captured.Refuse(whole, "null");
        var parameter = parameters.Add(value, NpgsqlDbType.Text);
        return ignoreCase ? new Locator(typeof(string), parameter, CanBeNull: false).Lower : parameter;
    }
}
