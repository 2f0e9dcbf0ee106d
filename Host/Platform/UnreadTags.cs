using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Refuses « If-Match » where there is nothing yet that it could be the tag of: what it was meant to guard would not be guarded.</summary>
internal static class UnreadTags
{
    /// <summary>Whether the operation writes to what is there already, which its address then names.</summary>
    public static bool AreRead(string? method, string? address) => method is not null && !HttpMethods.IsGet(method) && address?.Contains('{', StringComparison.Ordinal) is true;

    public static Task RefuseAsync(HttpContext http, RequestDelegate next) =>
        http.Request.Headers.IfMatch.Count > 0 && !HttpMethods.IsGet(http.Request.Method)
            && http.GetEndpoint() is RouteEndpoint { Metadata: var metadata, RoutePattern.RawText: var address }
            && metadata.GetMetadata<OperationText>() is not null && !AreRead(http.Request.Method, address)
                ? new ProblemResult(PlatformErrors.TagUnexpected).ExecuteAsync(http)
                : next(http);
}
