using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>Makes an attempt to reach a subscriber a part of the trace that led to it; the subscriber is told nothing of that.</summary>
internal sealed class WebhookTrace : IDisposable
{
    public const string Name = "MilleCafes";
    public const string WebhookId = "webhook.id";
    public const string Host = "server.address";
    public const string Status = "http.response.status_code";
    public const string Error = "error.type";

    // The one word that no delivery lists: the attempt is made again
    private const string Interrupted = "interrupted";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("millecafes.webhooks.attempt.duration", "s", "Attempts to reach subscribers, until the start of the answer");

    private readonly Activity? activity = Activities.StartActivity("webhook", ActivityKind.Client);
    private readonly long started = TimeProvider.System.GetTimestamp();
    private int? status;
    private string? error = Interrupted;

    // The host's name only: a path may be as good as a password
    public WebhookTrace(string webhookId, string host) => activity?.SetTag(WebhookId, webhookId).SetTag(Host, host);

    /// <summary>What came of it, in the words of the delivery.</summary>
    public void End(int? answered, string? why) => (status, error) = (answered, why);

    public void Dispose()
    {
        activity?.SetTag(Status, status).SetTag(Error, error).SetStatus(status is >= 200 and < 300 ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        activity?.Dispose();
        Durations.Record(TimeProvider.System.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", status is { } known ? $"{known / 100}xx" : "none"));
    }
}
