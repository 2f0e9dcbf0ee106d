using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Marten.Exceptions;

namespace Marten.Schema;

/// <summary>The members that an index's expression walks through.</summary>
internal static class MemberPath
{
    public static MemberInfo[] Of(LambdaExpression expression)
    {
        var paths = All(expression);
        return paths.Length == 1 ? paths[0] : throw new BadLinqExpressionException($"One member is expected here: {expression}");
    }

    /// <summary>One path, or one per member of an anonymous object.</summary>
    public static MemberInfo[][] All(LambdaExpression expression) => expression.Body is NewExpression { Arguments: var arguments }
        ? [.. arguments.Select(argument => Walk(argument, expression))]
        : [Walk(expression.Body, expression)];

    public static string ColumnName(MemberInfo[] path) => string.Join("_", path.Select(member => SnakeCase(member.Name)));

    private static MemberInfo[] Walk(Expression body, LambdaExpression whole)
    {
        var path = new Stack<MemberInfo>();
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } convert)
        {
            body = convert.Operand;
        }

        for (; body is MemberExpression member; body = member.Expression!)
        {
            if (!(member.Member.Name == "Value" && Nullable.GetUnderlyingType(member.Expression!.Type) is not null))
            {
                path.Push(member.Member);
            }
        }

        return body is ParameterExpression && path.Count > 0
            ? [.. path]
            : throw new BadLinqExpressionException($"Only members of the document can be indexed: {whole}");
    }

    private static string SnakeCase(string name)
    {
        var result = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(letter));
        }

        return result.ToString();
    }
}
