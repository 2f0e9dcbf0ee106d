using Microsoft.AspNetCore.Builder;

namespace MilleCafes.Shared;

/// <summary>An operation that is on its way out.</summary>
/// <param name="Since">When it began to be discouraged, or will.</param>
/// <param name="Sunset">When it will stop to answer, once that is decided.</param>
/// <param name="Successor">The address of what is to be used instead.</param>
public sealed record OperationDeprecation(DateTimeOffset Since, DateTimeOffset? Sunset, string? Successor);

/// <summary>Announces the end of an operation long before it comes.</summary>
public static class DeprecationConventions
{
    /// <summary>Each answer then says so: <c>Deprecation</c> (RFC 9745), <c>Sunset</c> (RFC 8594) and a link to the successor.</summary>
    public static TBuilder Deprecated<TBuilder>(this TBuilder endpoint, DateTimeOffset since, DateTimeOffset? sunset = null, string? successor = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OperationDeprecation(since, sunset, successor));
}
