using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests;

/// <summary>What an endpoint must say of itself.</summary>
internal static partial class OperationRules
{
    /// <summary>Closed by default: a scope that the framework really asks for, or openly anonymous; never both.</summary>
    public static Func<IEnumerable<Operation>, IEnumerable<string>> Authorised(IReadOnlyCollection<string> scopes) => operations => operations.SelectMany(operation =>
        (operation switch
        {
            { Anonymous: true, Scope: null } => (string[])[],
            { Anonymous: true } => ["is anonymous and asks for a scope."],
            { Scope: null } => ["is neither opened by a scope nor openly anonymous."],
            { AsksForItsScope: false } => [$"shows the scope {operation.Scope.Scope} and does not ask for it."],
            _ when !scopes.Contains(operation.Scope.Scope) => [$"asks for the scope {operation.Scope.Scope}, which no key can have."],
            { Method: "GET" } when operation.Scope.Scope.EndsWith(":write", StringComparison.Ordinal) => ["reads and asks for a scope that writes."],
            { Method: not "GET" } when operation.Scope.Scope.EndsWith(":read", StringComparison.Ordinal) => ["writes and asks for a scope that reads."],
            _ => [],
        }).Select(fault => $"{operation} {fault}"));

    /// <summary>Named, described in both languages, and listed in the document when it is part of the API.</summary>
    public static IEnumerable<string> Described(IEnumerable<Operation> operations) => operations
        .Where(operation => operation.Documented || operation.Path.StartsWith("/v1/", StringComparison.Ordinal))
        .SelectMany(operation => Faults(operation).Select(fault => $"{operation} {fault}"))
        .Concat(operations.Where(operation => operation.Name is not null).GroupBy(operation => operation.Name).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key} is the name of {string.Join(" and ", group.Select(operation => operation.ToString()).Order(StringComparer.Ordinal))}."));

    /// <summary>Declares what it can refuse, by stable codes; what has a body or parameters can be malformed.</summary>
    public static IEnumerable<string> Refuses(IEnumerable<Operation> operations) => operations.SelectMany(operation =>
        (operation.Refusals is not { } refusals
            ? ["declares no refusals."]
            : refusals.Where(error => !Code().IsMatch(error.Code)).Select(error => $"can refuse with « {error.Code} », which is no code.")
                .Concat((operation.Body is not null || operation.Queries.Any()) && refusals.All(error => error.Code != CommonErrors.Malformed.Code)
                    ? ["does not declare that its request can be malformed."]
                    : [])
                .Concat(refusals.GroupBy(error => error.Code).Where(group => group.Count() > 1).Select(group => $"declares {group.Key} {group.Count()} times.")))
        .Select(fault => $"{operation} {fault}"));

    /// <summary>A request has one endpoint of its name; a request with members of a body or parameters has a validator.</summary>
    public static Func<IEnumerable<Operation>, IEnumerable<string>> Serve(IReadOnlyCollection<Type> types) => operations =>
    {
        var requests = types.Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IBaseRequest).IsAssignableFrom(type)).ToList();
        var validated = types.Where(type => type is { IsClass: true, IsAbstract: false }).SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>)).Select(type => type.GetGenericArguments()[0]).ToHashSet();
        var byName = operations.ToLookup(operation => operation.Name);
        return requests.Where(request => byName[request.Name].Count() != 1).Select(request => $"{request.Name} has {byName[request.Name].Count()} endpoints.")
            .Concat(requests.Where(request => !validated.Contains(request) && byName[request.Name].Any(operation => operation.Body?.GetProperties().Length > 0 || operation.Queries.Any()))
                .Select(request => $"{request.Name} comes with a body or parameters and has no validator."));
    };

    [GeneratedRegex(@"^[a-z]+\.[a-z0-9_]+\z")]
    public static partial Regex Code();

    private static IEnumerable<string> Faults(Operation operation)
    {
        if (!operation.Documented)
        {
            yield return "is hidden from the document.";
            yield break;
        }

        if (string.IsNullOrEmpty(operation.Name))
        {
            yield return "has no name.";
        }

        if (operation.Text is not { French.Length: > 0, English.Length: > 0 } text || text.French == text.English)
        {
            yield return "is not described in both languages.";
        }

        if (operation.Notes.Any(note => note is not { French.Length: > 0, English.Length: > 0 } || note.French == note.English))
        {
            yield return "has a note that is not in both languages.";
        }
    }
}
