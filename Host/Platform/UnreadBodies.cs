using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Refuses a body that the operation would not read: what it says would be lost in silence.</summary>
internal static class UnreadBodies
{
    public static async Task RefuseAsync(HttpContext http, RequestDelegate next)
    {
        // Some libraries give a GET a body that means nothing
        var unread = !HttpMethods.IsGet(http.Request.Method)
            && http.GetEndpoint() is RouteEndpoint { Metadata: var metadata }
            && metadata.GetMetadata<OperationText>() is not null && metadata.GetMetadata<IAcceptsMetadata>() is null;
        if (unread && await HasBodyAsync(http))
        {
            await new ProblemResult(PlatformErrors.BodyUnexpected).ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    // One that is sent in pieces may turn out to have none
    private static async ValueTask<bool> HasBodyAsync(HttpContext http) =>
        http.Request.ContentLength is { } length
            ? length > 0
            : http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true && await http.Request.Body.ReadAsync(new byte[1], http.RequestAborted) > 0;
}
