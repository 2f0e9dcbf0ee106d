using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>How large and how slow a request may be.</summary>
internal static class RequestLimits
{
    private const int AddressBytes = 8 * 1024;
    private const int HeaderBytes = 32 * 1024;

    // The server's own refusals have no body: it takes more than we do, so that ours are the ones that are met
    private const int ServerBytes = 64 * 1024;

    public static void LimitRequests(this WebApplicationBuilder builder, HttpSettings settings)
    {
        builder.WebHost.ConfigureKestrel(Configure);
        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = settings.Timeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
    }

    /// <summary>Refuses an address or headers that are too long.</summary>
    public static Task RefuseTooLong(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > AddressBytes)
        {
            return new ProblemResult(PlatformErrors.AddressTooLong).ExecuteAsync(http);
        }

        var length = 0;
        foreach (var (name, values) in http.Request.Headers)
        {
            foreach (var value in values)
            {
                length += name.Length + (value?.Length ?? 0);
            }
        }

        return length > HeaderBytes ? new ProblemResult(PlatformErrors.HeadersTooLarge).ExecuteAsync(http) : next(http);
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodySize.Usual;
        kestrel.Limits.MaxRequestLineSize = ServerBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = ServerBytes;
        kestrel.Limits.MaxRequestHeaderCount = 1_000;
        // Bytes that are no UTF-8 are read as something, so that the answer is one of ours
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
    }
}
