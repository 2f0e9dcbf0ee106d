namespace Wolverine;

public enum EnvelopeStatus
{
    Outgoing,
    Scheduled,
    Incoming,
    Handled
}

/// <summary>One message on its way to one consumer.</summary>
public class Envelope
{
    public Envelope()
    {
    }

    public Envelope(object message) => Message = message;

    public Guid Id { get; set; } = Guid.CreateVersion7();

    public object? Message { get; set; }

    /// <summary>The wire name: the full name of the message's type, or its <c>[MessageIdentity]</c>.</summary>
    public string? MessageType { get; set; }

    /// <summary>The stored body: headers and message.</summary>
    public byte[]? Data { get; set; }

    public int Attempts { get; set; }

    public string? CorrelationId { get; set; }

    public Guid ConversationId { get; set; }

    /// <summary>The trace (W3C <c>traceparent</c>) this message was published under.</summary>
    public string? ParentId { get; set; }

    public Uri? Destination { get; set; }

    public string? EndpointName { get; set; }

    public Dictionary<string, string?> Headers { get; internal set; } = [];

    /// <summary>Number of the node that has it in hand; 0: anybody's.</summary>
    public int OwnerId { get; set; }

    public DateTimeOffset? ScheduledTime { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset? DeliverBy { get; set; }

    public string? Source { get; set; }

    public EnvelopeStatus Status { get; set; } = EnvelopeStatus.Incoming;

    public Exception? Failure { get; set; }

    public bool TryGetHeader(string key, out string? value) => Headers.TryGetValue(key, out value);

    public override string ToString() => $"{MessageType} {Id} for {Destination}";
}
