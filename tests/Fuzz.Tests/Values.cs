using System.Text.Json;
using System.Text.Json.Nodes;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Values that a schema allows, made of what earlier answers said where that is possible.</summary>
internal sealed class Values(ApiDocument document, Memory memory)
{
    // Nobody listens there, and nothing leaves the machine
    private const string Nowhere = "http://127.0.0.1:9/";

    public JsonNode? Of(JsonElement schema, string name, Random random)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Of(document.Resolve(reference.GetString()!), name, random);
        }

        if ((schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices)) && choices.GetArrayLength() > 0)
        {
            return Of(choices[random.Next(choices.GetArrayLength())], name, random);
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return JsonNode.Parse(values[random.Next(values.GetArrayLength())].GetRawText());
        }

        if (random.Next(3) == 0 && schema.TryGetProperty("examples", out var examples) && examples.ValueKind == JsonValueKind.Array)
        {
            return Harmless(JsonNode.Parse(examples[0].GetRawText()));
        }

        return TypeOf(schema, random) switch
        {
            "object" => Object(schema, random),
            "array" => Array(schema, name, random),
            "integer" => random.NextInt64(Bound(schema, "minimum", 0), Bound(schema, "maximum", 1_000) + 1),
            "number" => random.NextDouble() * 1_000,
            "boolean" => random.Next(2) == 0,
            "string" => Text(schema, name, random),
            _ => null,
        };
    }

    /// <summary>What the document shows, with what is known put in here and there: some rules stand in no schema.</summary>
    public JsonNode? Like(JsonElement example, Random random) => example.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(example.EnumerateObject().Select(member => KeyValuePair.Create(
            member.Name, member.Value.ValueKind == JsonValueKind.String && random.Next(3) == 0 && memory.Recall(member.Name, random) is { } known ? known : Like(member.Value, random)))),
        JsonValueKind.Array => new JsonArray([.. example.EnumerateArray().Select(item => Like(item, random))]),
        _ => Harmless(JsonNode.Parse(example.GetRawText())),
    };

    private JsonObject Object(JsonElement schema, Random random)
    {
        var result = new JsonObject();
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        foreach (var member in schema.TryGetProperty("properties", out var members) ? members.EnumerateObject().ToArray() : [])
        {
            if (required.Contains(member.Name) || random.Next(2) == 0)
            {
                result[member.Name] = Of(member.Value, member.Name, random);
            }
        }

        return result;
    }

    private JsonArray Array(JsonElement schema, string name, Random random)
    {
        var least = (int)Bound(schema, "minItems", 0);
        return new([.. Enumerable.Range(0, random.Next(least, least + 3)).Select(_ => Of(schema.GetProperty("items"), name, random))]);
    }

    private string Text(JsonElement schema, string name, Random random)
    {
        if (random.Next(5) != 0 && memory.Recall(name, random) is { } known)
        {
            return known;
        }

        switch (schema.TryGetProperty("format", out var format) ? format.GetString() : null)
        {
            case "uuid":
                return Guid.CreateVersion7().ToString();
            case "date-time":
                return DateTimeOffset.FromUnixTimeSeconds(random.Next(1_600_000_000, 1_800_000_000)).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
            case "date":
                return DateOnly.FromDayNumber(random.Next(735_000, 745_000)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            case "email":
                return $"fuzz{random.Next(1_000)}@example.org";
        }

        if (schema.TryGetProperty("examples", out var examples) && examples.ValueKind == JsonValueKind.Array && examples[0].ValueKind == JsonValueKind.String)
        {
            return (string)Harmless(JsonValue.Create(examples[0].GetString()))!;
        }

        var (least, most) = ((int)Bound(schema, "minLength", 0), (int)Math.Min(Bound(schema, "maxLength", 30), 5_000));
        return string.Concat(Enumerable.Range(0, random.Next(least, Math.Max(least, most) + 1)).Select(_ => (char)random.Next('a', 'z' + 1)));
    }

    private static string TypeOf(JsonElement schema, Random random)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return "null";
        }

        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!).ToArray() : [type.GetString()!];
        return types[random.Next(types.Length)];
    }

    private static long Bound(JsonElement schema, string keyword, long otherwise) => schema.TryGetProperty(keyword, out var bound) ? bound.GetInt64() : otherwise;

    // An address out of an example would be called when something happens
    private static JsonNode? Harmless(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var address) && address.StartsWith("https://", StringComparison.Ordinal) ? JsonValue.Create(Nowhere) : value;
}
