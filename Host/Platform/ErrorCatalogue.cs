using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using MilleCafes.Host.Explorer;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>An operation that can give an error.</summary>
internal sealed record RefusingOperation(string Address, string Name, OperationText Text);

/// <param name="Operations">Those that can give it, in the order of the API's document.</param>
/// <param name="Everywhere">Whether any operation can.</param>
internal sealed record CataloguedError(Error Error, IReadOnlyList<RefusingOperation> Operations, bool Everywhere)
{
    public int Status => ProblemResult.StatusOf(Error.Kind);
}

/// <summary>Every error there is, and who can give it: read from the very metadata that the API's document is made of.</summary>
internal sealed partial class ErrorCatalogue(ModuleCatalogue modules, IApiDescriptionGroupCollectionProvider descriptions)
{
    private readonly Lazy<FrozenDictionary<string, CataloguedError>> all = new(() => Read(modules, descriptions));

    public IEnumerable<CataloguedError> All => all.Value.Values.OrderBy(entry => entry.Error.Code, StringComparer.Ordinal);

    public CataloguedError? Find(string code) => all.Value.GetValueOrDefault(code);

    /// <summary>Every error of every module: the public static fields of type <see cref="Error"/>.</summary>
    public static FrozenDictionary<string, Error> Discover(IEnumerable<Assembly> assemblies) => assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Name.EndsWith("Errors", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Where(field => field.FieldType == typeof(Error))
        .Select(field => (Error)field.GetValue(null)!)
        .ToFrozenDictionary(error => error.Code);

    private static FrozenDictionary<string, CataloguedError> Read(ModuleCatalogue modules, IApiDescriptionGroupCollectionProvider descriptions)
    {
        var operations = descriptions.ApiDescriptionGroups.Items.SelectMany(group => group.Items)
            .Where(one => one.ActionDescriptor.EndpointMetadata.OfType<OperationText>().Any()).ToList();
        var givers = operations
            .SelectMany(one => Refusals.Of(one).SelectMany(group => group).Select(error => (error.Code, Operation: Describe(one))))
            .ToLookup(pair => pair.Code, pair => pair.Operation);
        return Discover(modules.Assemblies).Values.ToFrozenDictionary(error => error.Code, error =>
        {
            var own = givers[error.Code].Distinct().ToList();
            return new CataloguedError(error, own, own.Count == operations.Count);
        });
    }

    private static RefusingOperation Describe(ApiDescription operation) => new(
        $"{operation.HttpMethod} /{Constraint().Replace(operation.RelativePath!, "}")}",
        operation.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName ?? "",
        operation.ActionDescriptor.EndpointMetadata.OfType<OperationText>().Last());

    [GeneratedRegex(":[^}]*}")]
    private static partial Regex Constraint();
}
