using System.Linq.Expressions;
using System.Reflection;

namespace Wolverine.Runtime.Handlers;

/// <summary>What is called ahead of the handler, in the same flow: what it sets there, the handler finds.</summary>
public sealed partial class HandlerChain
{
    private static MethodInfo BeforeOf(Type middleware) =>
        middleware.GetMethod(nameof(Before), BindingFlags.Public | BindingFlags.Static) is { } before && before.ReturnType == typeof(void)
            ? before
            : throw new NotSupportedException($"{middleware.FullName} has no public static void {nameof(Before)}.");

    private static MethodCallExpression Before(ParameterExpression call, MethodInfo before) =>
        Expression.Call(before, before.GetParameters().Select(parameter => Argument(call, before, parameter)));
}
