using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>One line of standard output about something that happened; no query, no body, no key and nothing of a person is ever in it.</summary>
internal abstract record OutputLine(string Event)
{
    /// <summary>For the person at the terminal.</summary>
    public abstract string Text { get; }

    /// <summary>The members that follow <c>event</c>.</summary>
    public abstract void Write(Utf8JsonWriter json);

    protected static string Milliseconds(double duration) => string.Create(CultureInfo.InvariantCulture, $"{duration:0.0} ms");

    protected static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    protected static void WriteMilliseconds(Utf8JsonWriter json, double duration) => json.WriteNumber("milliseconds", Math.Round(duration, 2));
}

/// <summary>A request that was answered.</summary>
/// <param name="Route">The operation, with the names of its parameters and not their values; null when there is no such address.</param>
/// <param name="Holder">The id of the client whose key was shown.</param>
/// <param name="KeyId">The id of that key, or of the one that the token came from; which is not the key.</param>
/// <param name="Bytes">The body of the answer, as sent.</param>
/// <param name="Aborted">Whether the caller hung up.</param>
internal sealed record RequestLine(string Method, string? Route, int Status, double Duration, string? TraceId, string? Holder, string? KeyId, long Bytes, bool Aborted) : OutputLine("request")
{
    public override string Text => $"{Method} {Route ?? "?"} {Status} {Milliseconds(Duration)}";

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("method", Method);
        Write(json, "route", Route);
        json.WriteNumber("status", Status);
        WriteMilliseconds(json, Duration);
        Write(json, "traceId", TraceId);
        Write(json, "holder", Holder);
        Write(json, "keyId", KeyId);
        json.WriteNumber("bytes", Bytes);
        if (Aborted)
        {
            json.WriteBoolean("aborted", true);
        }
    }
}

/// <summary>A request to a subscriber, answered or not.</summary>
/// <param name="TraceId">That of the request which caused the event, however many messages and hours lie between.</param>
internal sealed record WebhookLine(string? WebhookId, string? Host, int? Status, string? Error, double Duration, string TraceId) : OutputLine("webhook")
{
    public override string Text => $"→ {Host} {Status?.ToString(CultureInfo.InvariantCulture) ?? Error} {Milliseconds(Duration)}";

    public static WebhookLine Of(Activity activity) => new(
        activity.GetTagItem(WebhookTrace.WebhookId) as string, activity.GetTagItem(WebhookTrace.Host) as string, activity.GetTagItem(WebhookTrace.Status) as int?,
        activity.GetTagItem(WebhookTrace.Error) as string, activity.Duration.TotalMilliseconds, activity.TraceId.ToHexString());

    public override void Write(Utf8JsonWriter json)
    {
        Write(json, "webhookId", WebhookId);
        Write(json, "host", Host);
        if (Status is { } status)
        {
            json.WriteNumber("status", status);
        }

        Write(json, "error", Error);
        WriteMilliseconds(json, Duration);
        json.WriteString("traceId", TraceId);
    }
}

internal static class OutputLineExtensions
{
    public static void Tell(this ILogger logger, OutputLine line) => logger.Log(LogLevel.Information, default, line, null, static (line, _) => line.Text);
}
