using System.Text.Json;

namespace Wolverine.Runtime;

/// <summary>The stored form of an envelope: one JSON object with the headers and, last, the message.</summary>
internal static class EnvelopeBody
{
    public static byte[] Write(Envelope envelope, Type messageType, JsonSerializerOptions options)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sentAt", envelope.SentAt);
            json.WriteString("conversationId", envelope.ConversationId);
            WriteText(json, "correlationId", envelope.CorrelationId);
            WriteText(json, "traceparent", envelope.ParentId);
            WriteText(json, "source", envelope.Source);
            if (envelope.DeliverBy is { } deliverBy)
            {
                json.WriteString("deliverBy", deliverBy);
            }

            json.WritePropertyName("message");
            JsonSerializer.Serialize(json, envelope.Message, messageType, options);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Read(Envelope envelope, Type? messageType, JsonSerializerOptions options)
    {
        using var body = JsonDocument.Parse(envelope.Data);
        foreach (var property in body.RootElement.EnumerateObject())
        {
            switch (property.Name)
            {
                case "sentAt":
                    envelope.SentAt = property.Value.GetDateTimeOffset();
                    break;
                case "conversationId":
                    envelope.ConversationId = property.Value.GetGuid();
                    break;
                case "correlationId":
                    envelope.CorrelationId = property.Value.GetString();
                    break;
                case "traceparent":
                    envelope.ParentId = property.Value.GetString();
                    break;
                case "source":
                    envelope.Source = property.Value.GetString();
                    break;
                case "deliverBy":
                    envelope.DeliverBy = property.Value.GetDateTimeOffset();
                    break;
                case "message" when messageType is not null:
                    envelope.Message = property.Value.Deserialize(messageType, options);
                    break;
            }
        }

        if (messageType is not null && envelope.Message is null)
        {
            throw new JsonException($"The body holds no message of type {messageType.FullName}.");
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
