using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests;

/// <summary>An endpoint as it was mapped, with what it says of itself.</summary>
internal sealed record Operation(RouteEndpoint Endpoint)
{
    public string Path => "/" + Endpoint.RoutePattern.RawText?.TrimStart('/');

    public string Method => string.Join('|', Endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]);

    public string? Name => Endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    public OperationText? Text => Endpoint.Metadata.GetMetadata<OperationText>();

    public IReadOnlyList<OperationNote> Notes => Endpoint.Metadata.GetOrderedMetadata<OperationNote>();

    public OperationScope? Scope => Endpoint.Metadata.GetMetadata<OperationScope>();

    public bool Anonymous => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>The refusals it declares; null when it says nothing of them.</summary>
    public IReadOnlyList<Error>? Refusals => Endpoint.Metadata.GetOrderedMetadata<OperationRefusals>() is { Count: > 0 } all ? [.. all.SelectMany(one => one.Errors)] : null;

    public Type? Body => Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    public IEnumerable<Type> Answers => Endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(answer => answer.Type).OfType<Type>();

    /// <summary>The records whose members are its query parameters.</summary>
    public IEnumerable<Type> Queries => Parameters.Where(parameter => parameter.GetCustomAttribute<Microsoft.AspNetCore.Http.AsParametersAttribute>() is not null)
        .Select(parameter => parameter.ParameterType);

    /// <summary>Whether the API's document shows it: the framework's own condition.</summary>
    public bool Documented => Endpoint.Metadata.GetMetadata<MethodInfo>() is not null
        && Endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null
        && Endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null or { ExcludeFromDescription: false };

    /// <summary>Whether the framework itself asks for the scope that the document shows.</summary>
    public bool AsksForItsScope => Scope is { } scope && Endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>()
        .SelectMany(policy => policy.Requirements).OfType<ClaimsAuthorizationRequirement>()
        .Any(requirement => requirement.ClaimType == "scope" && requirement.AllowedValues?.SequenceEqual([scope.Scope]) is true);

    private ParameterInfo[] Parameters => Endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];

    public override string ToString() => $"{Method} {Path}";

    public static IReadOnlyList<Operation> Of(IEndpointRouteBuilder application) =>
        [.. application.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => new Operation(endpoint))];
}
