using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wolverine.Runtime;

/// <summary>Activities and meters under the published names: source <c>Wolverine</c>, meter <c>Wolverine:{service}</c>.</summary>
internal sealed class Telemetry : IDisposable
{
    private static readonly ActivitySource Activities = new("Wolverine");

    private readonly Meter meter;
    private readonly Counter<int> sent;
    private readonly Counter<int> succeeded;
    private readonly Counter<int> failed;
    private readonly Counter<int> deadLetters;
    private readonly Histogram<long> executionTime;
    private readonly Histogram<double> effectiveTime;

    public Telemetry(string serviceName, Func<MessageCounts> counts)
    {
        meter = new Meter("Wolverine:" + serviceName);
        sent = meter.CreateCounter<int>("wolverine-messages-sent", "Messages");
        succeeded = meter.CreateCounter<int>("wolverine-messages-succeeded", "Messages");
        failed = meter.CreateCounter<int>("wolverine-execution-failure", "Messages");
        deadLetters = meter.CreateCounter<int>("wolverine-dead-letter-queue", "Messages");
        executionTime = meter.CreateHistogram<long>("wolverine-execution-time", "Milliseconds");
        effectiveTime = meter.CreateHistogram<double>("wolverine-effective-time", "Milliseconds");
        // An outbox does not exist here: what is sent is in the consumer's inbox by the same commit
        var incoming = meter.CreateObservableGauge("wolverine-inbox-count", () => counts().Incoming, "Messages");
        var scheduled = meter.CreateObservableGauge("wolverine-scheduled-count", () => counts().Scheduled, "Messages");
        CountsWanted = () => incoming.Enabled || scheduled.Enabled;
    }

    /// <summary>Whether anybody looks at the counts, which cost a query.</summary>
    public Func<bool> CountsWanted { get; }

    public static Activity? StartSending(Envelope envelope) => Tagged(Activities.StartActivity("send", ActivityKind.Producer), envelope);

    public static Activity? StartExecuting(Envelope envelope) =>
        Tagged(Activities.StartActivity(envelope.MessageType!, ActivityKind.Consumer, envelope.ParentId), envelope);

    public void Sent(Envelope envelope) => sent.Add(1, Tags(envelope));

    public void Executed(Envelope envelope, TimeSpan duration) => executionTime.Record((long)duration.TotalMilliseconds, Tags(envelope));

    public void Succeeded(Envelope envelope, DateTimeOffset now)
    {
        var tags = Tags(envelope);
        succeeded.Add(1, tags);
        effectiveTime.Record((now - envelope.SentAt).TotalMilliseconds, tags);
    }

    public void Failed(Envelope envelope, Exception failure) => failed.Add(1, Tags(envelope, failure));

    public void GivenUp(Envelope envelope, Exception failure) => deadLetters.Add(1, Tags(envelope, failure));

    public void Dispose() => meter.Dispose();

    private static Activity? Tagged(Activity? activity, Envelope envelope) => activity?
        .SetTag("messaging.system", "local")
        .SetTag("messaging.message_type", envelope.MessageType)
        .SetTag("messaging.message_id", envelope.Id)
        .SetTag("messaging.conversation_id", envelope.CorrelationId)
        .SetTag("messaging.destination", envelope.Destination);

    private static TagList Tags(Envelope envelope, Exception? failure = null)
    {
        var tags = new TagList { { "message.type", envelope.MessageType }, { "message.destination", envelope.Destination } };
        if (failure is not null)
        {
            tags.Add("exception.type", failure.GetType().Name);
        }

        return tags;
    }
}

/// <summary>How many envelopes the message table held when they were last counted.</summary>
internal sealed record MessageCounts(long Incoming, long Scheduled);
