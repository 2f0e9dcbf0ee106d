using MilleCafes.Shared;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>Where traces, metrics and logs go by the OpenTelemetry protocol; without an endpoint they go nowhere.</summary>
/// <param name="Protocol">Null leaves it to <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>.</param>
/// <param name="Headers">What the collector wants to see; it may be a password.</param>
/// <param name="SampleRatio">Which part of the traces is kept: decided by the trace id, so that each is whole.</param>
internal sealed record TelemetrySettings(Uri? Endpoint, string? Protocol, string? Headers, double SampleRatio)
{
    private const string EndpointKey = "Telemetry:Endpoint";
    private const string StandardEndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly string[] OnlyWithEndpoint = ["Telemetry:Protocol", "Telemetry:Headers", "Telemetry:SampleRatio"];

    public bool Exports => Endpoint is not null;

    public static TelemetrySettings Read(SettingsReader read)
    {
        var endpoint = read.Address(EndpointKey, Uri.UriSchemeHttp, Uri.UriSchemeHttps);
        var standard = read.Address(StandardEndpointKey, Uri.UriSchemeHttp, Uri.UriSchemeHttps);
        foreach (var lonely in OnlyWithEndpoint.Where(key => read.IsGiven(key) && !read.IsGiven(EndpointKey) && !read.IsGiven(StandardEndpointKey)))
        {
            read.Refuse($"{lonely} ne sert à rien sans {EndpointKey}", $"{lonely} does nothing without {EndpointKey}");
        }

        var protocol = read.Choice("Telemetry:Protocol", "grpc", "grpc", "http/protobuf");
        return new(
            endpoint ?? standard,
            read.IsGiven("Telemetry:Protocol") ? protocol : null,
            read.Secret("Telemetry:Headers", AreHeaders, "des paires nom=valeur séparées par des virgules", "pairs name=value separated by commas"),
            read.Number("Telemetry:SampleRatio", 1.0, 0.0, 1.0));
    }

    private static bool AreHeaders(string text) => text.Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0);
}
