using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using MilleCafes.Host.Operations.Settings;
using MilleCafes.Shared;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>Tells each request once, when it is answered: as a line, or as the tags of its trace when traces are sent.</summary>
internal sealed class RequestLog(RequestDelegate next, TelemetrySettings settings, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger logger = loggers.CreateLogger("MilleCafes.Requests");

    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        var body = new CountedBody(http.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        http.Features.Set<IHttpResponseBodyFeature>(body);
        var answered = false;
        try
        {
            await next(http);
            answered = true;
        }
        finally
        {
            var activity = http.Features.Get<IHttpActivityFeature>()?.Activity;
            var line = Describe(http, answered, time.GetElapsedTime(started), activity, body.Count);
            if (!settings.Exports)
            {
                logger.Tell(line);
            }
            else if (activity is { IsAllDataRequested: true })
            {
                Tag(activity, line);
            }
        }
    }

    private static RequestLine Describe(HttpContext http, bool answered, TimeSpan duration, Activity? activity, long bytes) => new(
        HttpMethods.GetCanonicalizedValue(http.Request.Method) is var method && IsKnown(method) ? method : "other",
        // What handles exceptions takes the endpoint away
        (http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint)?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route,
        answered || http.Response.HasStarted ? http.Response.StatusCode : StatusCodes.Status500InternalServerError,
        duration.TotalMilliseconds,
        activity?.TraceId.ToHexString(),
        http.User.FindFirstValue(ClaimTypes.NameIdentifier),
        http.Features.Get<Holder>()?.KeyId.ToString(),
        HttpMethods.IsHead(http.Request.Method) ? 0 : bytes,
        http.RequestAborted.IsCancellationRequested);

    private static bool IsKnown(string method) => HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method)
        || HttpMethods.IsDelete(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method) || HttpMethods.IsConnect(method);

    private static void Tag(Activity activity, RequestLine line)
    {
        activity.DisplayName = line.Route is null ? line.Method : $"{line.Method} {line.Route}";
        activity.SetTag("http.request.method", line.Method).SetTag("http.route", line.Route).SetTag("http.response.status_code", line.Status)
            .SetTag("http.response.body.size", line.Bytes).SetTag("enduser.id", line.Holder).SetTag("millecafes.key.id", line.KeyId);
        if (line.Status >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
