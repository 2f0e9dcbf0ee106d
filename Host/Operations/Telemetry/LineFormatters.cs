using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>One JSON object a line, whatever is told: the form is in docs/operations.md.</summary>
internal sealed class JsonLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "mille-cafes-json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", Levels.Of(logEntry.LogLevel));
            if (logEntry.State is OutputLine line)
            {
                json.WriteString("event", line.Event);
                line.Write(json);
            }
            else
            {
                json.WriteString("event", "log");
                json.WriteString("category", logEntry.Category);
                json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
                if (logEntry.Exception is { } exception)
                {
                    json.WriteString("exception", exception.ToString());
                }

                if (Activity.Current is { } activity)
                {
                    json.WriteString("traceId", activity.TraceId.ToHexString());
                }
            }

            json.WriteEndObject();
        }

        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }
}

/// <summary>Short lines for the person at the terminal.</summary>
internal sealed class TextLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "mille-cafes-text";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        if (logEntry.State is OutputLine line)
        {
            textWriter.Write(line.Text);
        }
        else
        {
            textWriter.Write($"{Levels.Of(logEntry.LogLevel)} {logEntry.Category}: {logEntry.Formatter(logEntry.State, logEntry.Exception)}");
            if (logEntry.Exception is { } exception)
            {
                textWriter.Write($"\n{exception}");
            }
        }

        textWriter.Write('\n');
    }
}

internal static class Levels
{
    private static readonly string[] Names = [.. Enum.GetNames<LogLevel>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Of(LogLevel level) => Names[(int)level];
}
