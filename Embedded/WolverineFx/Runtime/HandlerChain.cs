using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Wolverine.Transports.Local;

namespace Wolverine.Runtime.Handlers;

/// <summary>What a compiled handler is called with.</summary>
internal sealed record HandlerCall(
    object Message, Envelope Envelope, MessageContext Context, object? Session, IServiceProvider Services, CancellationToken Token);

/// <summary>One handler method and how to call it: compiled once, when its first message comes; no reflection per message.</summary>
public sealed partial class HandlerChain
{
    private static readonly MethodInfo Service = typeof(HandlerChain).GetMethod(nameof(Resolve), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly Lazy<Func<HandlerCall, ValueTask<object?>>> invoke;

    internal HandlerChain(MethodInfo method, Type handlerType, Type? storeType, string wireName, ISessionSource? sessions, WolverineOptions options)
    {
        Method = method;
        HandlerType = handlerType;
        StoreType = storeType;
        WireName = wireName;
        MessageType = method.GetParameters()[0].ParameterType;
        QueueName = handlerType.FullName!.Replace('+', '.').ToLowerInvariant();
        Destination = LocalQueue.UriFor(QueueName);
        NeedsSession = method.GetParameters().Any(parameter => sessions?.Provides(parameter.ParameterType) == true);
        invoke = new(Describe([.. options.MiddlewareOf(this).Select(BeforeOf)]).Compile);
    }

    internal MethodInfo Method { get; }

    internal Type HandlerType { get; }

    internal Type MessageType { get; }

    internal Type? StoreType { get; }

    internal string WireName { get; }

    internal string QueueName { get; }

    internal Uri Destination { get; }

    internal bool NeedsSession { get; }

    internal Func<HandlerCall, ValueTask<object?>> Invoke => invoke.Value;

    private Expression<Func<HandlerCall, ValueTask<object?>>> Describe(MethodInfo[] befores)
    {
        var call = Expression.Parameter(typeof(HandlerCall), "call");
        var arguments = Method.GetParameters()
            .Select((parameter, index) => index == 0
                ? Expression.Convert(Expression.Property(call, nameof(HandlerCall.Message)), parameter.ParameterType)
                : Argument(call, Method, parameter)).ToArray();
        var target = Method.IsStatic
            ? null
            : Expression.Convert(
                Expression.Call(
                    typeof(ActivatorUtilities), nameof(ActivatorUtilities.GetServiceOrCreateInstance), null,
                    Expression.Property(call, nameof(HandlerCall.Services)), Expression.Constant(HandlerType)),
                HandlerType);
        Expression invocation = Expression.Call(target, Method, arguments);
        var steps = befores.Select(before => Before(call, before)).Append(Awaited(invocation, Method.ReturnType));
        return Expression.Lambda<Func<HandlerCall, ValueTask<object?>>>(Expression.Block(steps), call);
    }

    private static Expression Argument(ParameterExpression call, MethodInfo method, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return Expression.Property(call, nameof(HandlerCall.Token));
        }

        if (type == typeof(Envelope))
        {
            return Expression.Property(call, nameof(HandlerCall.Envelope));
        }

        if (type.IsAssignableFrom(typeof(MessageContext)))
        {
            return Expression.Convert(Expression.Property(call, nameof(HandlerCall.Context)), type);
        }

        return Expression.Call(Service.MakeGenericMethod(type), call, Expression.Constant($"{method.DeclaringType!.FullName}.{method.Name}({parameter.Name})"));
    }

    private static T Resolve<T>(HandlerCall call, string parameter) where T : notnull
    {
        if (call.Session is T session)
        {
            return session;
        }

        if (call.Services.GetService<T>() is { } service)
        {
            return service;
        }

        return TimeProvider.System is T system
            ? system
            : throw new InvalidOperationException($"No service for {parameter} of type {typeof(T).FullName}.");
    }

    private static MethodCallExpression Awaited(Expression invocation, Type returns)
    {
        const BindingFlags mine = BindingFlags.NonPublic | BindingFlags.Static;
        if (returns == typeof(void))
        {
            return Expression.Call(
                typeof(HandlerChain).GetMethod(nameof(FromValue), mine)!, Expression.Block(typeof(object), invocation, Expression.Constant(null)));
        }

        if (returns == typeof(Task) || returns == typeof(ValueTask))
        {
            var name = returns == typeof(Task) ? nameof(FromTask) : nameof(FromValueTask);
            return Expression.Call(typeof(HandlerChain).GetMethod(name, 0, mine, [returns])!, invocation);
        }

        if (returns.IsGenericType && (returns.GetGenericTypeDefinition() == typeof(Task<>) || returns.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            var name = returns.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(FromTask) : nameof(FromValueTask);
            var generic = typeof(HandlerChain).GetMethods(mine).Single(method => method.Name == name && method.IsGenericMethodDefinition);
            return Expression.Call(generic.MakeGenericMethod(returns.GetGenericArguments()[0]), invocation);
        }

        return Expression.Call(typeof(HandlerChain).GetMethod(nameof(FromValue), mine)!, Expression.Convert(invocation, typeof(object)));
    }

    private static ValueTask<object?> FromValue(object? value) => new(value);

    private static async ValueTask<object?> FromTask(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> FromValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> FromTask<T>(Task<T> task) => await task;

    private static async ValueTask<object?> FromValueTask<T>(ValueTask<T> task) => await task;
}
