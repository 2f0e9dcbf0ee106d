using System.Collections.Immutable;

namespace Wolverine.Tracking;

public enum MessageEventType
{
    Received,
    Sent,
    ExecutionStarted,
    ExecutionFinished,
    MessageSucceeded,
    MessageFailed,
    NoRoutes,
    MovedToErrorQueue,
    Requeued,
    Scheduled,
    Discarded
}

public enum TrackingStatus
{
    Active,
    Completed,
    TimedOut
}

/// <summary>One thing that happened to one envelope while a session watched.</summary>
public class EnvelopeRecord(MessageEventType eventType, Envelope envelope, long sessionTime, Exception? exception)
{
    // As it was then: the envelope is tried again
    private readonly int attempt = envelope.Attempts;

    public Envelope Envelope { get; } = envelope;

    public object? Message { get; } = envelope.Message;

    public Exception? Exception { get; } = exception;

    public MessageEventType MessageEventType { get; } = eventType;

    public override string ToString() => $"{sessionTime,6} ms {MessageEventType,-18} {Envelope} attempt {attempt} {Exception?.GetType().Name}".TrimEnd();
}

/// <summary>Tells the sessions that watch a host what happens there.</summary>
internal sealed class MessageTracker
{
    private ImmutableArray<TrackedSession> sessions = [];

    public void Watch(TrackedSession session) => ImmutableInterlocked.Update(ref sessions, (all, one) => all.Add(one), session);

    public void Unwatch(TrackedSession session) => ImmutableInterlocked.Update(ref sessions, (all, one) => all.Remove(one), session);

    public void Record(MessageEventType type, Envelope envelope, Exception? exception = null)
    {
        foreach (var session in sessions)
        {
            session.Record(type, envelope, exception);
        }
    }
}
