using System.Diagnostics;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Operations;

/// <summary>What a host with a collector sends there.</summary>
public sealed class OtlpTests(MilleCafesHost neighbour)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task One_trace_leads_from_the_request_through_the_handlers_to_the_webhooks(string protocol)
    {
        await using var collector = await OtlpReceiver.StartAsync(protocol);
        await using var subscriber = await WebhookReceiver.AnsweringAsync(200);
        using var host = await StartedHost.OfAsync(
            neighbour, $"--Telemetry:Endpoint={collector.Address}", $"--Telemetry:Protocol={protocol}", "--Telemetry:Headers=authorization=Bearer collector",
            "--Logging:LogLevel:Microsoft.AspNetCore.Routing=Debug");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        await host.AcceptAsync(neighbour.NextInseeCode(), subscriber, trace);
        await Eventually.True(async () => (await Partner.ListAsync(host.Administrator, "/v1/webhooks/deliveries?status=delivered")).Length == 2, Patience);

        // What was not sent yet is sent by the end
        await host.StopAsync();

        var spans = collector.Spans.Where(span => span.TraceId == trace).ToList();
        var request = Assert.Single(spans, span => span.Source == "Microsoft.AspNetCore");
        Assert.Equal("POST /v1/recruitment/commune-candidatures/{id}/acceptance", request.Name);
        Assert.Contains("enduser.id", request.Text, StringComparison.Ordinal);
        string[] handlers = [.. spans.Where(span => span.Source == "Wolverine" && span.Name != "send").Select(span => span.Name.Split('.')[^1])];
        Assert.All(["CommuneCandidatureAccepted", "CafeProjectOpened", "DeliverWebhook"], message => Assert.Contains(message, handlers));
        Assert.Equal(2, spans.Count(span => span is { Source: "MilleCafes", Name: "webhook" }));
        // Whoever is not the request itself descends from it
        var known = spans.Select(span => span.SpanId).ToHashSet();
        Assert.All(spans.Where(span => span != request), span => Assert.Contains(span.ParentId, known));
        Assert.Equal(0, collector.Spans.Count(span => span.Source == "Npgsql" && span.ParentId.Length == 0));
        Assert.Contains(collector.Logs, log => log.TraceId == trace);
        Assert.All(
            ["http.server.request.duration", "wolverine-messages-succeeded", "millecafes.webhooks.attempt.duration", "dotnet.gc.collections", "db.client.connection.count"],
            name => Assert.Contains(name, collector.Metrics));
        Assert.All(collector.Authorizations, value => Assert.Equal("Bearer collector", value));
        Assert.DoesNotContain(host.Lines(), line => line.GetProperty("event").GetString() is "request" or "webhook");
        Assert.DoesNotContain(subscriber.Address.Split('/')[^1], string.Concat(spans.Where(span => span.Source == "MilleCafes").Select(span => span.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_keeps_nobody_waiting()
    {
        using var host = await StartedHost.OfAsync(neighbour, "--Telemetry:Endpoint=http://127.0.0.1:1");
        await host.Administrator.GetByteArrayAsync("/health/ready", Token);
        var started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Patience);
    }

    [Fact]
    public async Task Without_a_collector_its_assemblies_are_not_loaded()
    {
        using var plain = await StartedHost.OfAsync(neighbour);
        using var exporting = await StartedHost.OfAsync(neighbour, "--Telemetry:Endpoint=http://127.0.0.1:1");
        foreach (var host in new[] { plain, exporting })
        {
            await host.Administrator.GetByteArrayAsync("/health/ready", Token);
        }

        Assert.DoesNotContain("OpenTelemetry", await MapsAsync(plain), StringComparison.Ordinal);
        Assert.Contains("OpenTelemetry", await MapsAsync(exporting), StringComparison.Ordinal);
    }

    private static Task<string> MapsAsync(StartedHost host) => File.ReadAllTextAsync($"/proc/{host.Id}/maps", Token);
}
