using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace MilleCafes.Host.Explorer;

/// <summary>Which type stands behind each named schema of a document.</summary>
internal sealed class ComponentTypes
{
    private readonly ConcurrentDictionary<string, JsonTypeInfo> types = new();

    /// <summary>The name of a type's schema, which no other type may share: the framework would give them one schema in silence.</summary>
    public string? NameOf(JsonTypeInfo type)
    {
        // What can be anything needs no name, least of all one of .NET's
        if (typeof(JsonNode).IsAssignableFrom(type.Type) || (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(JsonElement)
            || OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } name)
        {
            return null;
        }

        var known = types.GetOrAdd(name, type);
        return Bare(known) == Bare(type)
            ? name
            : throw new InvalidOperationException($"Two types are called {name} on the wire: {known.Type} and {type.Type}.");
    }

    // A value that may be missing has the schema of the value, and null beside it
    private static Type Bare(JsonTypeInfo type) => Nullable.GetUnderlyingType(type.Type) ?? type.Type;

    public JsonTypeInfo? TypeOf(string name) => types.GetValueOrDefault(name);
}
