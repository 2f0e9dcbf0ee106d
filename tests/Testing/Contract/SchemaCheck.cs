using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MilleCafes.Testing.Contract;

/// <summary>JSON Schema 2020-12, as much of it as the documents use: a keyword it does not know is an error, never ignored.</summary>
/// <param name="document">What references lead into.</param>
/// <param name="closed">Whether a member that no schema names is a fault: clients are told to ignore those, so that the schemas allow them, but a document must tell of all.</param>
public sealed partial class SchemaCheck(ApiDocument document, bool closed)
{
    private static readonly FrozenSet<string> Annotations =
        FrozenSet.Create("description", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly", "$comment");

    private static readonly string[] Shapes = ["type", "$ref", "allOf", "oneOf", "anyOf", "properties", "additionalProperties", "enum", "const"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with the value, each fault with its JSON pointer; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, value, "", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string pointer, List<string> faults)
    {
        var named = new HashSet<string>();
        Apply(schema, value, pointer, faults, named);
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var members = value.EnumerateObject().Select(member => member.Name).ToList();
        faults.AddRange(members.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"{pointer}/{group.Key} comes twice."));
        if (closed)
        {
            faults.AddRange(members.Distinct().Where(name => !named.Contains(name)).Select(name => $"{pointer}/{name} is not in the schema."));
        }
    }

    /// <summary>Everything that one schema says of one value; the members that it names are added to <paramref name="named"/>.</summary>
    private void Apply(JsonElement schema, JsonElement value, string pointer, List<string> faults, HashSet<string> named)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            AddIf(faults, schema.ValueKind == JsonValueKind.False, $"{pointer} may not be there.");
            return;
        }

        // Without a word on its shape, it may be anything, with any members
        if (value.ValueKind == JsonValueKind.Object && !Shapes.Any(keyword => schema.TryGetProperty(keyword, out _)))
        {
            named.UnionWith(value.EnumerateObject().Select(member => member.Name));
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$ref":
                    Apply(document.Resolve(keyword.Value.GetString()!), value, pointer, faults, named);
                    break;
                case "allOf":
                    foreach (var part in keyword.Value.EnumerateArray())
                    {
                        Apply(part, value, pointer, faults, named);
                    }

                    break;
                case "oneOf" or "anyOf":
                    Choose(keyword, value, pointer, faults, named);
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject().Where(member => keyword.Value.TryGetProperty(member.Name, out _)))
                    {
                        named.Add(member.Name);
                        Check(keyword.Value.GetProperty(member.Name), member.Value, $"{pointer}/{member.Name}", faults);
                    }

                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject().Where(member => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(member.Name, out _)))
                    {
                        named.Add(member.Name);
                        Check(keyword.Value, member.Value, $"{pointer}/{member.Name}", faults);
                    }

                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    foreach (var (index, item) in value.EnumerateArray().Index())
                    {
                        Check(keyword.Value, item, $"{pointer}/{index}", faults);
                    }

                    break;
                default:
                    AddIf(faults, !Holds(keyword, value), $"{pointer} breaks « {keyword.Name}: {keyword.Value.GetRawText()} »: {Excerpt(value)}");
                    break;
            }
        }
    }

    private void Choose(JsonProperty keyword, JsonElement value, string pointer, List<string> faults, HashSet<string> named)
    {
        var outcomes = keyword.Value.EnumerateArray().Select(choice =>
        {
            var (own, names) = (new List<string>(), new HashSet<string>());
            Apply(choice, value, pointer, own, names);
            return (Faults: own, Names: names);
        }).ToList();
        var fits = outcomes.Where(outcome => outcome.Faults.Count == 0).ToList();
        if (fits.Count == 0 || (keyword.Name == "oneOf" && fits.Count > 1))
        {
            faults.Add($"{pointer} fits {fits.Count} of « {keyword.Name} »: {string.Join(" | ", outcomes.SelectMany(outcome => outcome.Faults))}");
        }

        named.UnionWith(fits.SelectMany(fit => fit.Names));
    }

    private bool Holds(JsonProperty keyword, JsonElement value)
    {
        var limit = keyword.Value;
        return keyword.Name switch
        {
            "type" => limit.ValueKind == JsonValueKind.Array ? limit.EnumerateArray().Any(type => IsOf(type.GetString()!, value)) : IsOf(limit.GetString()!, value),
            "enum" => limit.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)),
            "const" => JsonElement.DeepEquals(limit, value),
            "required" => value.ValueKind != JsonValueKind.Object || limit.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= limit.GetDecimal(),
            "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= limit.GetDecimal(),
            "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() > limit.GetDecimal(),
            "exclusiveMaximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() < limit.GetDecimal(),
            "minLength" => value.ValueKind != JsonValueKind.String || Length(value) >= limit.GetInt32(),
            "maxLength" => value.ValueKind != JsonValueKind.String || Length(value) <= limit.GetInt32(),
            "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, OfDotNet(limit.GetString()!), RegexOptions.CultureInvariant, Patience),
            "format" => value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || HasFormat(limit.GetString()!, value),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= limit.GetInt32(),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= limit.GetInt32(),
            "properties" or "additionalProperties" or "items" => true,
            _ when Annotations.Contains(keyword.Name) || keyword.Name.StartsWith("x-", StringComparison.Ordinal) => true,
            _ => throw new NotSupportedException($"The check of schemas does not know the keyword « {keyword.Name} »: teach it."),
        };
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.Truncate(number) == number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"There is no type « {type} » in JSON Schema."),
    };

    /// <summary>The formats are promises here, not remarks.</summary>
    private bool HasFormat(string format, JsonElement value) => format switch
    {
        "int32" => value.ValueKind != JsonValueKind.Number || value.TryGetInt32(out _),
        "int64" => value.ValueKind != JsonValueKind.Number || value.TryGetInt64(out _),
        "double" or "float" => value.ValueKind != JsonValueKind.Number || value.TryGetDouble(out _),
        "uuid" => Guid.TryParseExact(value.GetString(), "D", out _),
        "date-time" => (closed ? Instant() : Moment()).IsMatch(value.GetString()!) && value.TryGetDateTimeOffset(out _),
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
        "email" => value.GetString()!.LastIndexOf('@') is > 0 and var at && at < value.GetString()!.Length - 1,
        _ => throw new NotSupportedException($"The check of schemas does not know the format « {format} »: teach it."),
    };

    // JSON Schema counts characters, not their halves
    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    // The dollar of JavaScript is the end of the text, not the end of its last line
    private static string OfDotNet(string pattern) => pattern.EndsWith('$') && !pattern.EndsWith(@"\$", StringComparison.Ordinal) ? pattern[..^1] + @"\z" : pattern;

    private static string Excerpt(JsonElement value) => value.GetRawText() is { Length: > 200 } text ? text[..200] + "…" : value.GetRawText();

    private static void AddIf(List<string> faults, bool condition, string fault)
    {
        if (condition)
        {
            faults.Add(fault);
        }
    }

    // What is answered is in UTC; what is sent need not be
    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\z")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Moment();
}
