using System.Reflection;
using Marten;
using MediatR;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Architecture.Tests;

/// <summary>What Wolverine adopts by its convention, and what it must look like here.</summary>
internal static class MessageHandlerRules
{
    private static readonly string[] Methods = ["Handle", "Handles", "HandleAsync", "HandlesAsync", "Consume", "Consumes", "ConsumeAsync", "ConsumesAsync"];

    /// <summary>
    /// Types named …Handler or …Consumer that handle something and are not MediatR's. Wolverine sees public ones only, so a hidden one is
    /// a mistake, unless it has a base or an interface: then it is one of the framework's own handlers.
    /// </summary>
    public static IReadOnlyList<Type> Discover(IEnumerable<Type> types) =>
    [
        .. types.Where(type => type.IsClass
            && (type.Name.EndsWith("Handler", StringComparison.Ordinal) || type.Name.EndsWith("Consumer", StringComparison.Ordinal))
            && HandleMethods(type).Any()
            && !type.GetInterfaces().Any(IsMediatR)
            && (type.IsVisible || (type.BaseType == typeof(object) && type.GetInterfaces().Length == 0))),
    ];

    /// <summary>Messages and services that handlers take: code generated for them must see these.</summary>
    public static IEnumerable<Type> Taken(IEnumerable<Type> handlers) => handlers.SelectMany(HandleMethods).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType);

    public static IEnumerable<string> Violations(IEnumerable<Type> handlers) => handlers.SelectMany(handler => Judge(handler).Select(fault => $"{handler.FullName} {fault}"));

    private static IEnumerable<string> Judge(Type handler)
    {
        if (!handler.IsPublic || !handler.IsAbstract || !handler.IsSealed)
        {
            yield return "is not public and static.";
        }

        if (handler.GetCustomAttribute<MartenStoreAttribute>() is not { StoreType: { } store })
        {
            yield return "is not marked [MartenStore].";
        }
        else if (!typeof(IDocumentStore).IsAssignableFrom(store) || store.Assembly != handler.Assembly || !IsWithin(handler.Namespace!, store.Namespace!))
        {
            yield return $"is marked with {store.Name}, which is not its own module's store.";
        }

        foreach (var parameter in HandleMethods(handler).SelectMany(method => method.GetParameters()).Where(parameter => !parameter.ParameterType.IsVisible))
        {
            yield return $"takes {parameter.ParameterType.Name}, which generated code cannot see.";
        }

        // What concerns every module alike is said in Shared
        foreach (var message in HandleMethods(handler).Select(method => method.GetParameters()[0].ParameterType).Where(message => message.Assembly != handler.Assembly && message.Assembly != typeof(IModule).Assembly))
        {
            if (message.Namespace is not { } space || !space.EndsWith(".Contracts", StringComparison.Ordinal))
            {
                yield return $"handles {message.Name}, which is in no contract.";
            }
            else if (IsInModule(handler) && (!handler.Name.EndsWith($"On{message.Name}Handler", StringComparison.Ordinal) || !handler.Namespace!.EndsWith(".Reactions", StringComparison.Ordinal)))
            {
                yield return $"handles {message.Name} and is not Reactions.…On{message.Name}Handler.";
            }
        }
    }

    private static IEnumerable<MethodInfo> HandleMethods(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => Methods.Contains(method.Name) && method.GetParameters().Length > 0);

    private static bool IsMediatR(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || type.GetGenericTypeDefinition() == typeof(IRequestHandler<>) || type.GetGenericTypeDefinition() == typeof(INotificationHandler<>));

    private static bool IsInModule(Type type) => !type.Namespace!.StartsWith("MilleCafes.Host", StringComparison.Ordinal);

    private static bool IsWithin(string space, string outer) => space == outer || space.StartsWith(outer + ".", StringComparison.Ordinal);
}
