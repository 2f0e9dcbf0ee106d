using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MilleCafes.Shared;

/// <summary>What changed between two states of a document, member by member.</summary>
public static class Differences
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    // As the API writes them
    private static readonly JsonSerializerOptions Values = new(Json);

    // What every state has of its own says nothing
    private static readonly ImmutableHashSet<string> Told = ["/revision", "/updatedAt", "/id"];

    static Differences()
    {
        Values.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        Values.Converters.Insert(0, new UtcValues());
    }

    /// <param name="from">The state before; null when the document is new.</param>
    public static ImmutableArray<AuditChange> Between(Document? from, Document to)
    {
        var changes = ImmutableArray.CreateBuilder<AuditChange>();
        var whole = new MemberPlace("", to.GetType(), Personal: false);
        if (from is null)
        {
            // Each creation comes here: without a tree of nodes, and with nothing to compare
            Tell(changes, JsonSerializer.SerializeToElement(to, to.GetType(), Values), whole);
        }
        else
        {
            Compare(changes, JsonSerializer.SerializeToNode(from, from.GetType(), Values), JsonSerializer.SerializeToNode(to, to.GetType(), Values), whole);
        }

        return changes.DrainToImmutable();
    }

    /// <summary>Whether two states would be stored as the same text; records' own equality takes two lists of the same items for different.</summary>
    public static bool AreNone(Document from, Document to) => from.GetType() == to.GetType()
        && JsonSerializer.SerializeToUtf8Bytes(from, from.GetType(), Json).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(to, to.GetType(), Json));

    private static void Tell(ImmutableArray<AuditChange>.Builder changes, JsonElement value, MemberPlace place)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (place.Member(property.Name) is { } member && !Told.Contains(member.Pointer))
                    {
                        Tell(changes, property.Value, member);
                    }
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Tell(changes, item, place.Item(index++));
                }

                break;
            default:
                changes.Add(new(place.Pointer, null, JsonValue.Create(value), place.Personal));
                break;
        }
    }

    private static void Compare(ImmutableArray<AuditChange>.Builder changes, JsonNode? before, JsonNode? after, MemberPlace place)
    {
        if (Told.Contains(place.Pointer) || JsonNode.DeepEquals(before, after))
        {
            return;
        }

        // Down to the values, though one side has none: only there is it known what says something of a person
        switch (before, after)
        {
            case (JsonObject or null, JsonObject or null):
                var (last, next) = (before as JsonObject, after as JsonObject);
                foreach (var name in Names(last).Union(Names(next)))
                {
                    if (place.Member(name) is { } member)
                    {
                        Compare(changes, last?[name], next?[name], member);
                    }
                }

                break;
            case (JsonArray or null, JsonArray or null):
                var (known, items) = (before as JsonArray, after as JsonArray);
                for (var index = 0; index < Math.Max(items?.Count ?? 0, known?.Count ?? 0); index++)
                {
                    Compare(changes, index < known?.Count ? known[index] : null, index < items?.Count ? items[index] : null, place.Item(index));
                }

                break;
            case (JsonObject or JsonArray, not null) or (not null, JsonObject or JsonArray):
                Compare(changes, before, null, place);
                Compare(changes, null, after, place);
                break;
            default:
                changes.Add(new(place.Pointer, before?.DeepClone(), after?.DeepClone(), place.Personal));
                break;
        }
    }

    private static IEnumerable<string> Names(JsonObject? node) => node?.Select(member => member.Key) ?? [];

    private sealed class UtcValues : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}
