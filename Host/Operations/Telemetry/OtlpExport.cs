using System.Reflection;
using System.Runtime.CompilerServices;
using MilleCafes.Host.Operations.Settings;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>Sends traces, metrics and logs to a collector.</summary>
/// <remarks>The one place that names OpenTelemetry's types, so that a host without a collector never loads its assemblies.</remarks>
internal static class OtlpExport
{
    private const string ServiceName = "mille-cafes";

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Wolverine", "Npgsql", WebhookTrace.Name];

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", $"Wolverine:{ServiceName}", WebhookTrace.Name];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddLogs(ILoggingBuilder logging, TelemetrySettings settings) => logging.AddOpenTelemetry(logs =>
    {
        logs.IncludeFormattedMessage = true;
        logs.SetResourceBuilder(Resource());
        logs.AddOtlpExporter(exporter => Direct(exporter, settings, "logs"));
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDisposable Start(TelemetrySettings settings)
    {
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(Sources)
            // Whether a caller's own trace is recorded over there says nothing about ours
            .SetSampler(new TraceIdRatioBasedSampler(settings.SampleRatio))
            .AddOtlpExporter(exporter => Direct(exporter, settings, "traces")).Build();
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Meters)
            .AddOtlpExporter(exporter => Direct(exporter, settings, "metrics")).Build();
        return new Exports(traces, metrics);
    }

    // What the environment says of the service (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) goes before
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService(ServiceName, serviceVersion: typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddTelemetrySdk().AddEnvironmentVariableDetector();

    private static void Direct(OtlpExporterOptions exporter, TelemetrySettings settings, string signal)
    {
        if (settings.Protocol is { } protocol)
        {
            exporter.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        exporter.Headers = settings.Headers ?? exporter.Headers;
        // Left to itself, the exporter appends the path only to an address that it has read itself
        exporter.Endpoint = exporter.Protocol == OtlpExportProtocol.Grpc ? settings.Endpoint! : new($"{settings.Endpoint!.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }

    private sealed class Exports(params IDisposable[] providers) : IDisposable
    {
        public void Dispose() => Array.ForEach(providers, provider => provider.Dispose());
    }
}
