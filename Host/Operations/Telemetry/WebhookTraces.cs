using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>Makes each request to a subscriber a part of the trace that led to it, and tells the subscriber nothing of that.</summary>
internal sealed class WebhookTraces(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public const string Name = "MilleCafes";
    public const string WebhookId = "webhook.id";
    public const string Host = "server.address";
    public const string Status = "http.response.status_code";
    public const string Error = "error.type";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("millecafes.webhooks.attempt.duration", "s", "Requests to subscribers, until the first byte of the answer");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("webhook", ActivityKind.Client);
        // The host's name only: a path may be as good as a password
        activity?.SetTag(WebhookId, request.Headers.TryGetValues("webhook-id", out var ids) ? ids.First() : null).SetTag(Host, request.RequestUri?.Host);
        var started = TimeProvider.System.GetTimestamp();
        var outcome = "none";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            outcome = $"{(int)response.StatusCode / 100}xx";
            activity?.SetTag(Status, (int)response.StatusCode).SetStatus(response.IsSuccessStatusCode ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
            return response;
        }
        catch (Exception exception)
        {
            activity?.SetTag(Error, NameOf(exception)).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            Durations.Record(TimeProvider.System.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private static string NameOf(Exception exception) => exception switch
    {
        OperationCanceledException => "canceled",
        HttpRequestException { HttpRequestError: var kind } => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()),
        _ => exception.GetType().Name,
    };
}
