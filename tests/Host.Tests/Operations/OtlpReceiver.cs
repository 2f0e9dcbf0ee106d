using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MilleCafes.Host.Tests.Operations;

/// <summary>A span as it arrived.</summary>
internal sealed record ReceivedSpan(string TraceId, string SpanId, string ParentId, string Name, string Source, string Text);

/// <summary>A collector on a free port of this machine, which takes the OpenTelemetry protocol over HTTP and over gRPC.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<ReceivedSpan> spans = new();
    private readonly ConcurrentQueue<string> metrics = new();
    private readonly ConcurrentQueue<(string Body, string TraceId)> logs = new();
    private readonly ConcurrentQueue<string> authorizations = new();

    private OtlpReceiver(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listener => listener.Protocols = protocols));
        application = builder.Build();
        application.Run(ReceiveAsync);
    }

    public string Address => application.Urls.Single();

    public IReadOnlyCollection<ReceivedSpan> Spans => spans;

    public IReadOnlyCollection<string> Metrics => metrics;

    public IReadOnlyCollection<(string Body, string TraceId)> Logs => logs;

    public IReadOnlyCollection<string> Authorizations => authorizations;

    public static async Task<OtlpReceiver> StartAsync(string protocol)
    {
        var receiver = new OtlpReceiver(protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1);
        await receiver.application.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var isGrpc = http.Request.ContentType == "application/grpc";
        authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
        // gRPC puts five bytes before each message: whether it is compressed, and its length
        Read(http.Request.Path, body.ToArray().AsMemory(isGrpc ? 5 : 0));
        if (isGrpc)
        {
            http.Response.ContentType = "application/grpc";
            http.Response.DeclareTrailer("grpc-status");
            await http.Response.Body.WriteAsync(new byte[5], http.RequestAborted);
            http.Response.AppendTrailer("grpc-status", "0");
        }
    }

    // Resources, then scopes, then what is told: the three kinds of message are alike
    private void Read(PathString path, ReadOnlyMemory<byte> message)
    {
        foreach (var scope in Protobuf.Messages(message, 1).SelectMany(resource => Protobuf.Messages(resource, 2)))
        {
            var source = Protobuf.Messages(scope, 1).Select(named => Protobuf.Text(named, 1)).FirstOrDefault("");
            foreach (var told in Protobuf.Messages(scope, 2))
            {
                switch (path.Value)
                {
                    case "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                        spans.Enqueue(new(
                            Protobuf.Hex(told, 1), Protobuf.Hex(told, 2), Protobuf.Hex(told, 4), Protobuf.Text(told, 5), source,
                            System.Text.Encoding.UTF8.GetString(told.Span)));
                        break;
                    case "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                        metrics.Enqueue(Protobuf.Text(told, 1));
                        break;
                    case "/v1/logs" or "/opentelemetry.proto.collector.logs.v1.LogsService/Export":
                        logs.Enqueue((Protobuf.Messages(told, 5).Select(value => Protobuf.Text(value, 1)).FirstOrDefault(""), Protobuf.Hex(told, 9)));
                        break;
                }
            }
        }
    }
}

/// <summary>As much of the wire format as these messages need: fields by their numbers.</summary>
internal static class Protobuf
{
    public static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int field) => Fields(message).Where(found => found.Number == field).Select(found => found.Value);

    public static string Text(ReadOnlyMemory<byte> message, int field) => System.Text.Encoding.UTF8.GetString(First(message, field).Span);

    public static string Hex(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(First(message, field).Span);

    private static ReadOnlyMemory<byte> First(ReadOnlyMemory<byte> message, int field) => Messages(message, field).FirstOrDefault();

    private static List<(int Number, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<(int, ReadOnlyMemory<byte>)>();
        var place = 0;
        while (place < message.Length)
        {
            var tag = Number();
            var length = (tag & 7) switch
            {
                0 => Skipped(),
                1 => 8,
                2 => (int)Number(),
                5 => 4,
                var kind => throw new InvalidDataException($"There is no wire type {kind}."),
            };
            fields.Add(((int)(tag >> 3), message.Slice(place, length)));
            place += length;
        }

        return fields;

        ulong Number()
        {
            var number = 0ul;
            for (var shift = 0; ; shift += 7)
            {
                var next = message.Span[place++];
                number |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80)
                {
                    return number;
                }
            }
        }

        int Skipped()
        {
            Number();
            return 0;
        }
    }
}
