using System.Collections.Frozen;
using System.Reflection;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

/// <summary>What entries of this version call operations and types of objects; those of earlier versions may call them otherwise.</summary>
internal sealed class AuditNames(ModuleCatalogue catalogue, EndpointDataSource endpoints)
{
    private const int MostNamed = 5;

    private readonly Lazy<FrozenSet<string>> operations = new(() => [.. Operations(endpoints), .. Messages(catalogue), .. Clocks(catalogue)]);
    private readonly Lazy<FrozenSet<string>> subjectTypes = new(() => [.. Types(catalogue).Where(type => type.IsAssignableTo(typeof(Document)) && !type.IsAbstract).Select(type => type.Name)]);

    public FrozenSet<string> Operations() => operations.Value;

    public FrozenSet<string> SubjectTypes() => subjectTypes.Value;

    /// <summary>The names that one which is none may have been meant for, the closest first.</summary>
    public static IReadOnlyList<string> Closest(string name, IEnumerable<string> known)
    {
        var pairs = PairsOf(name);
        return [.. known.OrderByDescending(one => Likeness(pairs, PairsOf(one))).ThenBy(one => one, StringComparer.Ordinal).Take(MostNamed)];
    }

    private static IEnumerable<string> Operations(EndpointDataSource endpoints) => endpoints.Endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<OperationText>() is not null)
        .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).OfType<string>();

    private static IEnumerable<string> Messages(ModuleCatalogue catalogue) => Types(catalogue)
        .Where(type => type is { IsPublic: true, IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Handler", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Select(method => method.GetParameters().FirstOrDefault()?.ParameterType.Name).OfType<string>();

    // A clock acts under the name of the service that it is in
    private static IEnumerable<string> Clocks(ModuleCatalogue catalogue) => Types(catalogue).Where(type => type.IsAssignableTo(typeof(IHostedService))).Select(type => type.Name);

    private static IEnumerable<Type> Types(ModuleCatalogue catalogue) => catalogue.Assemblies.SelectMany(assembly => assembly.GetTypes());

    private static HashSet<(char, char)> PairsOf(string name) => [.. name.ToUpperInvariant().Zip(name.ToUpperInvariant().Skip(1))];

    private static double Likeness(HashSet<(char, char)> one, HashSet<(char, char)> other) => 2.0 * one.Count(other.Contains) / (one.Count + other.Count + 1);
}
