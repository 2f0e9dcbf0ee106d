using Microsoft.Extensions.Logging.Console;
using MilleCafes.Host.Operations.Settings;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>What the host tells its operator while it runs: over the OpenTelemetry protocol when there is a collector, on standard output otherwise.</summary>
internal static class TelemetryExtensions
{
    // Standard output that nobody reads holds back no request: lines are then dropped, and counted
    private const int MostWaitingLines = 4_096;

    public static void AddTelemetry(this WebApplicationBuilder builder, SettingsValues settings)
    {
        var formatter = settings.Of<LogSettings>().Json ? JsonLineFormatter.FormatterName : TextLineFormatter.FormatterName;
        builder.Logging.AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<TextLineFormatter, ConsoleFormatterOptions>();
        // Of the console that a builder has; a test's may have none
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = formatter;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
            console.MaxQueueLength = MostWaitingLines;
        });
        if (settings.Of<TelemetrySettings>() is { Exports: true } telemetry)
        {
            OtlpExport.AddLogs(builder.Logging, telemetry);
        }
    }

    /// <summary>From here on requests are told; the first of the pipeline, so that what is told is what the caller got.</summary>
    public static void UseTelemetry(this WebApplication application)
    {
        var settings = application.Services.GetRequiredService<TelemetrySettings>();
        var running = settings.Exports ? OtlpExport.Start(settings) : LocalTraces.Start(application.Services.GetRequiredService<ILoggerFactory>());
        // After the last request and the last message, so that theirs are sent too
        application.Lifetime.ApplicationStopped.Register(running.Dispose);
        application.UseMiddleware<RequestLog>();
    }
}
