using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>An endpoint as the matrix asks it.</summary>
/// <param name="Scope">Null when it is open to all.</param>
/// <param name="Kinds">Whom it is for; all when there is none.</param>
internal sealed record Asked(string Name, string Method, string Path, string? Scope, IReadOnlyList<HolderKind> Kinds, bool IsList)
{
    public bool IsWrite => Method != "GET";

    public bool HasParameter => Path.Contains('{', StringComparison.Ordinal);

    public static Asked Of(RouteEndpoint endpoint) => new(
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName,
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single(),
        "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
        endpoint.Metadata.GetMetadata<OperationScope>()?.Scope,
        endpoint.Metadata.GetMetadata<OperationHolders>()?.Kinds ?? [],
        endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(answer => ListShape.Of(answer.Type) is not null));

    public override string ToString() => $"{Method} {Path}";
}
