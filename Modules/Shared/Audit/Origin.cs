using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MilleCafes.Shared;

/// <summary>Where an act comes from: who, by which operation or message, and in which trace.</summary>
/// <param name="Operation">The operation's name in the API's document, the name of the message's type, or that of a clock's work.</param>
/// <param name="ClientId">The client whose request it goes back to; null when the system acts by itself.</param>
/// <param name="KeyId">The client's key.</param>
public sealed record Origin(string Operation, Guid? ClientId, Guid? KeyId, string TraceId)
{
    /// <summary>Who it goes back to, as messages carry it.</summary>
    internal string? Behalf => ClientId is null ? null : $"{ClientId}/{KeyId}";

    /// <summary>The request itself.</summary>
    public static Origin Of(HttpContext http, Holder holder) => new(
        http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? $"{http.Request.Method} {http.Request.Path}",
        holder.Kind == HolderKind.Public ? null : holder.ClientId,
        holder.Kind == HolderKind.Public ? null : holder.KeyId,
        Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);

    internal static Origin Of(object message, string? behalf, string? trace) =>
        behalf?.Split('/') is [var client, var key] && Guid.TryParse(client, out var clientId) && Guid.TryParse(key, out var keyId)
            ? new(message.GetType().Name, clientId, keyId, trace ?? NewTrace())
            : new(message.GetType().Name, null, null, trace ?? NewTrace());

    internal static string NewTrace() => (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
}
