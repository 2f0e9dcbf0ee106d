using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MilleCafes.Shared;

/// <summary>Dates each state of a document as it is written, by whomever, so that « what changed since » forgets none.</summary>
internal static class StateStamps
{
    public static void Configure(JsonSerializerOptions json, TimeProvider time) =>
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
        {
            if (type.Type.IsAssignableTo(typeof(Document)) && type.Properties.FirstOrDefault(property => property.PropertyType == typeof(DateTimeOffset) && property.Name == "updatedAt") is { } stamp)
            {
                stamp.Get = _ => time.GetUtcNow();
            }
        });
}
