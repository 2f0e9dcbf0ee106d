using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MilleCafes.Shared;

/// <summary>What changed between two states of a document, member by member.</summary>
public static class Differences
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What every state has of its own says nothing
    private static readonly ImmutableHashSet<string> Told = ["/revision", "/updatedAt", "/id"];
    private static readonly ConcurrentDictionary<(Type Document, Type Mark), ImmutableArray<string>> Pointers = new();

    /// <param name="from">The state before; null when the document is new.</param>
    public static ImmutableArray<AuditChange> Between(Document? from, Document to)
    {
        var changes = ImmutableArray.CreateBuilder<AuditChange>();
        var (personal, unaudited) = (PointersOf<PersonalDataAttribute>(to.GetType()), PointersOf<UnauditedAttribute>(to.GetType()));
        Compare(from is null ? null : JsonSerializer.SerializeToNode(from, from.GetType(), Json), JsonSerializer.SerializeToNode(to, to.GetType(), Json), "");
        return changes.DrainToImmutable();

        void Compare(JsonNode? before, JsonNode? after, string pointer)
        {
            if (Told.Contains(pointer) || unaudited.Contains(pointer) || JsonNode.DeepEquals(before, after))
            {
                return;
            }

            if (after is JsonObject next && before is null or JsonObject)
            {
                var last = before as JsonObject;
                foreach (var name in next.Select(member => member.Key).Union(last?.Select(member => member.Key) ?? []))
                {
                    Compare(last?[name], next[name], $"{pointer}/{name}");
                }
            }
            else if (after is JsonArray items && before is null or JsonArray)
            {
                var known = before as JsonArray;
                for (var index = 0; index < Math.Max(items.Count, known?.Count ?? 0); index++)
                {
                    Compare(index < known?.Count ? known[index] : null, index < items.Count ? items[index] : null, $"{pointer}/{index}");
                }
            }
            else
            {
                changes.Add(new(pointer, before?.DeepClone(), after?.DeepClone(), personal.Any(start => pointer == start || pointer.StartsWith(start + "/", StringComparison.Ordinal))));
            }
        }
    }

    private static ImmutableArray<string> PointersOf<TMark>(Type document)
        where TMark : Attribute => Pointers.GetOrAdd((document, typeof(TMark)), static key => [.. MarkedIn(key.Document, key.Mark, "", [])]);

    /// <summary>The members of a type, and of the types of its members, that are marked.</summary>
    private static IEnumerable<string> MarkedIn(Type type, Type mark, string pointer, ImmutableHashSet<Type> above)
    {
        if (above.Contains(type) || type.Namespace?.StartsWith(nameof(MilleCafes), StringComparison.Ordinal) is not true)
        {
            yield break;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var place = $"{pointer}/{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
            if (property.IsDefined(mark))
            {
                yield return place;
                continue;
            }

            foreach (var found in MarkedIn(property.PropertyType, mark, place, above.Add(type)))
            {
                yield return found;
            }
        }
    }
}
