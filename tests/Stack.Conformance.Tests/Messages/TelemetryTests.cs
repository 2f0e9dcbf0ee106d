using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wolverine.ErrorHandling;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Messages;

/// <summary>What a collector of OpenTelemetry sees of the messages.</summary>
public sealed class TelemetryTests(ThrowawayServer server)
{
    private readonly Post post = new(server);
    private readonly string service = $"telemetry-{Guid.CreateVersion7()}";
    private readonly Commande message = new(Guid.CreateVersion7());

    [Fact]
    public async Task Messages_are_counted_and_timed_by_type()
    {
        var measured = new ConcurrentQueue<(string Name, double Value, object? Type)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == $"Wolverine:{service}")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, TypeIn(tags))));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, TypeIn(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, TypeIn(tags))));
        listener.Start();
        await using var node = await StartAsync();

        await node.TrackAsync(message);
        post.Script.Plays = (_, _) => throw new NotSupportedException("Never.");
        await node.TrackAsync(message);
        listener.RecordObservableInstruments();

        Assert.Equal(2, Sum("wolverine-messages-sent"));
        Assert.Equal(1, Sum("wolverine-messages-succeeded"));
        Assert.Equal(1, Sum("wolverine-execution-failure"));
        Assert.Equal(1, Sum("wolverine-dead-letter-queue"));
        Assert.Contains(measured, measure => measure.Name == "wolverine-execution-time");
        Assert.Contains(measured, measure => measure is { Name: "wolverine-effective-time", Value: >= 0 });
        Assert.Contains(measured, measure => measure.Name == "wolverine-inbox-count");
        Assert.Contains(measured, measure => measure.Name == "wolverine-scheduled-count");

        double Sum(string name) =>
            measured.Where(measure => measure.Name == name && measure.Type as string == typeof(Commande).FullName).Sum(measure => measure.Value);
    }

    [Fact]
    public async Task The_trace_of_a_request_goes_on_in_the_handler()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var requests = new ActivitySource(service);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Wolverine" || source == requests,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var node = await StartAsync();

        ActivityTraceId trace;
        Guid sent;
        using (var request = requests.StartActivity("request"))
        {
            trace = request!.TraceId;
            sent = Assert.Single((await node.TrackAsync(message)).Sent.Envelopes()).Id;
        }

        post.Script.Plays = (_, _) => throw new NotSupportedException("Never.");
        var failed = Assert.Single((await node.TrackAsync(message)).MovedToErrorQueue.Envelopes()).Id;

        var handled = Assert.Single(activities, activity => activity.TraceId == trace && activity.OperationName == typeof(Commande).FullName);
        Assert.Equal(sent, handled.GetTagItem("messaging.message_id"));
        Assert.Equal(ActivityStatusCode.Unset, handled.Status);
        Assert.Contains(activities, activity => failed.Equals(activity.GetTagItem("messaging.message_id"))
            && activity is { Status: ActivityStatusCode.Error, StatusDescription: "Never." });
    }

    private Task<Node> StartAsync() => post.StartAsync(options =>
    {
        options.ServiceName = service;
        options.Discovery.IncludeType(typeof(StockHandler));
        options.OnAnyException().MoveToErrorQueue();
    });

    private static object? TypeIn(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "message.type")
            {
                return tag.Value;
            }
        }

        return null;
    }
}
