using System.Linq.Expressions;
using NpgsqlTypes;

namespace Marten.Linq;

/// <summary>Methods of strings inside predicates, ordinal or ignoring case; what is sought is never a pattern.</summary>
internal sealed partial class PredicateTranslator
{
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

        arguments = [.. arguments.Select(argument => Captured.IsIn(argument) ? Expression.Constant(Captured.Value(argument), argument.Type) : argument)];
        var equality = call.Method.Name is nameof(string.Equals) or "op_Equality";
        if (equality && arguments[..2].FirstOrDefault(argument => Captured.IsIn(argument) && Captured.Value(argument) is null) is { } nothing)
        {
            return $"({Locate(arguments[arguments[0] == nothing ? 1 : 0]).Text} IS NULL)";
        }

        if (equality && arguments[..2].Any(argument => argument is ConstantExpression { Value: not string }))
        {
            return "FALSE";
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
