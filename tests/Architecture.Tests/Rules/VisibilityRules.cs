using Carter;
using FluentValidation;
using Marten;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests;

/// <summary>What nobody outside a module may take hold of.</summary>
internal static class VisibilityRules
{
    private static readonly (Type Interface, string What)[] Hidden =
    [
        (typeof(IBaseRequest), "a request"), (typeof(IRequestHandler<,>), "a request handler"), (typeof(IValidator), "a validator"), (typeof(ICarterModule), "an endpoint"),
        (typeof(Document), "a document"),
    ];

    /// <summary>Requests, their handlers, validators, endpoints and documents.</summary>
    public static IReadOnlyList<Type> Discover(IEnumerable<Type> types) => [.. types.Where(type => type is { IsClass: true, IsAbstract: false } && WhatIs(type) is not null)];

    /// <summary>Wolverine adopts every public …Handler, so MediatR's are internal; and so is whatever else makes a slice.</summary>
    public static IEnumerable<string> Slices(IEnumerable<Type> types) => types
        .Where(type => !type.IsNotPublic || !type.IsSealed)
        .Select(type => $"{type.FullName} is {WhatIs(type)} and not internal sealed.");

    /// <summary>A module shows its one door, its store's marker and its message handlers with what they take; nothing else.</summary>
    public static IEnumerable<string> PublicTypes(IEnumerable<Type> types)
    {
        var handlers = MessageHandlerRules.Discover(types);
        var seen = handlers.Concat(MessageHandlerRules.Taken(handlers)).ToHashSet();
        return types.Where(type => type.IsVisible && !seen.Contains(type)
                && !typeof(IModule).IsAssignableFrom(type)
                && !(type.IsInterface && typeof(IDocumentStore).IsAssignableFrom(type)))
            .Select(type => $"{type.FullName} is public: a module shows its door, its store and its message handlers only.");
    }

    private static string? WhatIs(Type type) => Array.Find(Hidden, hidden => hidden.Interface.IsAssignableFrom(type)
        || type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == hidden.Interface)).What;
}
