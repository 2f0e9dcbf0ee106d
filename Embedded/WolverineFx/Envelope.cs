using System.Buffers.Binary;

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
    private static long lastId;

    public Envelope()
    {
    }

    public Envelope(object message) => Message = message;

    /// <summary>A UUIDv7 greater than any before it in this process: what waits in the table keeps its order.</summary>
    public Guid Id { get; set; } = NextId();

    public object? Message { get; set; }

    /// <summary>The wire name: the full name of the message's type.</summary>
    public string? MessageType { get; set; }

    /// <summary>The message as JSON.</summary>
    public byte[]? Data { get; set; }

    public int Attempts { get; set; }

    public string? CorrelationId { get; set; }

    public Guid ConversationId { get; set; }

    /// <summary>On whose behalf it was published; what comes of it keeps the name.</summary>
    public string? UserName { get; set; }

    /// <summary>The trace (W3C <c>traceparent</c>) this message was published under.</summary>
    internal string? ParentId { get; set; }

    internal Uri? Destination { get; set; }

    public string? EndpointName { get; set; }

    /// <summary>Number of the node that has it in hand; 0: anybody's.</summary>
    internal int OwnerId { get; set; }

    public DateTimeOffset? ScheduledTime { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset? DeliverBy { get; set; }

    public string? Source { get; set; }

    public EnvelopeStatus Status { get; set; } = EnvelopeStatus.Incoming;

    /// <summary>The stored form: headers and message.</summary>
    internal byte[]? Body { get; set; }

    /// <summary>How many nodes ended while they had it in hand; from <see cref="Postgresql.PostgresqlMessageStore.Suspect"/> on, while they handled it.</summary>
    internal int Interruptions { get; set; }

    public override string ToString() => $"{MessageType} {Id} for {Destination}";

    // The milliseconds of UUIDv7, followed by a counter in the twelve bits that it leaves free
    private static Guid NextId()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 12;
        long before, next;
        do
        {
            before = Interlocked.Read(ref lastId);
            next = Math.Max(now, before + 1);
        }
        while (Interlocked.CompareExchange(ref lastId, next, before) != before);

        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(next >> 12)).TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (next & 0xFFF)));
        return new Guid(bytes, bigEndian: true);
    }
}
