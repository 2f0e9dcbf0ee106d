using Microsoft.AspNetCore.Diagnostics;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Gives a body to the statuses that the framework answers by itself (401, 404, 405, 415…).</summary>
internal static class StatusProblems
{
    /// <summary>Seconds after which what is wrong on our side may be over.</summary>
    public const string Later = "5";

    public static Task WriteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var status = http.Response.StatusCode;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = Later;
        }

        return new ProblemResult(Of(status, http), status).ExecuteAsync(http);
    }

    public static Error Of(int status, HttpContext http) => status switch
    {
        StatusCodes.Status401Unauthorized => http.Features.Get<UnknownKey>()?.Reason ?? PlatformErrors.KeyMissing,
        StatusCodes.Status403Forbidden when HasScope(http) => PlatformErrors.HolderExcluded,
        StatusCodes.Status403Forbidden => PlatformErrors.ScopeMissing,
        StatusCodes.Status404NotFound => PlatformErrors.RouteUnknown,
        StatusCodes.Status405MethodNotAllowed => PlatformErrors.MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => PlatformErrors.TooSlow,
        StatusCodes.Status413PayloadTooLarge => PlatformErrors.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => PlatformErrors.MediaTypeUnsupported,
        StatusCodes.Status503ServiceUnavailable => PlatformErrors.TimedOut,
        _ => PlatformErrors.Refused,
    };

    private static bool HasScope(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<OperationScope>() is { } needed && http.Features.Get<Holder>()?.Scopes.Contains(needed.Scope) is true;
}
