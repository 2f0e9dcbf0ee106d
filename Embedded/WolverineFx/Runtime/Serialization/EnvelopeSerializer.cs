using System.Globalization;
using System.Text.Json;

namespace Wolverine.Runtime.Serialization;

/// <summary>The stored form of an envelope, as the published package writes it: the time of sending, headers by name, and the message as JSON.</summary>
internal static class EnvelopeSerializer
{
    private const int LongestKept = 64 * 1024;
    private const string Json = "application/json";
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffff";

    // One for each thread: every published message passes here, and nothing waits in between
    [ThreadStatic]
    private static BinaryWriter? reused;

    public static byte[] Serialize(Envelope envelope)
    {
        var writer = reused ??= new BinaryWriter(new MemoryStream(1024));
        var stream = (MemoryStream)writer.BaseStream;
        stream.SetLength(0);
        writer.Write(envelope.SentAt.UtcDateTime.ToBinary());
        var place = stream.Position;
        writer.Write(0);
        var count = WriteHeaders(writer, envelope);
        var end = stream.Position;
        stream.Position = place;
        writer.Write(count);
        stream.Position = end;
        writer.Write(envelope.Data!.Length);
        writer.Write(envelope.Data);
        if (stream.Length > LongestKept)
        {
            reused = null;
        }

        return stream.ToArray();
    }

    /// <summary>Fills the headers from the stored body, and the message when its type is known; throws whatever a damaged body makes it throw.</summary>
    public static void Read(Envelope envelope, Type? messageType, JsonSerializerOptions options)
    {
        using var stream = new MemoryStream(envelope.Body!);
        using var reader = new BinaryReader(stream);
        envelope.SentAt = new DateTimeOffset(DateTime.SpecifyKind(DateTime.FromBinary(reader.ReadInt64()), DateTimeKind.Utc));
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            ReadHeader(envelope, reader.ReadString(), reader.ReadString());
        }

        var length = reader.ReadInt32();
        // Never believed before it is checked: a damaged length may ask for all the memory there is
        if (length < 0 || length > stream.Length - stream.Position)
        {
            throw new InvalidDataException($"The body says that its message has {length} bytes, and has {stream.Length - stream.Position} left.");
        }

        envelope.Data = reader.ReadBytes(length);
        if (messageType is not null)
        {
            envelope.Message = JsonSerializer.Deserialize(envelope.Data, messageType, options)
                ?? throw new JsonException($"The body holds no message of type {messageType.FullName}.");
        }
    }

    private static int WriteHeaders(BinaryWriter writer, Envelope envelope)
    {
        var count = 0;
        Write("source", envelope.Source);
        Write("message-type", envelope.MessageType);
        Write("content-type", Json);
        Write("correlation-id", envelope.CorrelationId);
        Write("conversation-id", envelope.ConversationId == Guid.Empty ? null : envelope.ConversationId.ToString());
        Write("destination", envelope.Destination?.ToString());
        Write("parent-id", envelope.ParentId);
        Write("id", envelope.Id.ToString());
        Write("time-to-send", envelope.ScheduledTime?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        Write("user-name", envelope.UserName);
        Write("deliver-by", envelope.DeliverBy?.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture));
        return count;

        void Write(string name, string? value)
        {
            if (value is not null)
            {
                writer.Write(name);
                writer.Write(value);
                count++;
            }
        }
    }

    // The rest is in columns, which change while the body does not
    private static void ReadHeader(Envelope envelope, string name, string value)
    {
        switch (name)
        {
            case "source":
                envelope.Source = value;
                break;
            case "correlation-id":
                envelope.CorrelationId = value;
                break;
            case "conversation-id":
                envelope.ConversationId = Guid.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "parent-id":
                envelope.ParentId = value;
                break;
            case "user-name":
                envelope.UserName = value;
                break;
            case "deliver-by":
                envelope.DeliverBy = DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                break;
        }
    }
}
