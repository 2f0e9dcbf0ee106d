using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>Whole examples, put together from those of the members; what has none gets a plausible value of its type.</summary>
internal sealed class Examples(DocumentLanguage language, ComponentTypes components, TimeProvider time)
{
    // Sénergues, which opened in April 2023
    private const string Instant = "2023-04-17T08:30:00Z";
    private const string Page = "<!doctype html><html lang=\"fr\"><title>Gérance du café de Sénergues</title></html>";
    private const string Feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\"><title>Gérances de cafés à pourvoir</title></feed>";
    private const string OwnId = "018790c4-5b40-7c3b-9a52-3f1f2e8d4c10";
    private const string OtherIds = "01878b9e-0f20-7d11-8e63-";

    public static JsonNode? Parse(DescribedAttribute? described, DocumentLanguage language, TimeProvider time) => language.Example(described) switch
    {
        null => null,
        DescribedAttribute.Yesterday => $"{time.GetUtcNow().AddDays(-1):yyyy-MM-dd}T09:00:00Z",
        var example => JsonNode.Parse(example),
    };

    /// <summary>A filter's example waits unticked in the explorer, so that « test » asks for everything.</summary>
    public static void Write(OpenApiParameter parameter, DescribedAttribute? described, DocumentLanguage language, TimeProvider time)
    {
        var value = Parse(described, language, time) ?? SchemaTexts.Concrete(parameter.Schema) switch
        {
            { Enum: [{ } first, ..] } => first.DeepClone(),
            { Maximum: { } maximum } => JsonNode.Parse(maximum),
            _ => null,
        };
        if (parameter.Required)
        {
            parameter.Example = value;
        }
        else if (value is not null)
        {
            var example = new OpenApiExample { Value = value };
            example.AddExtension("x-disabled", new JsonNodeExtension(true));
            parameter.Examples = new Dictionary<string, IOpenApiExample> { ["default"] = example };
        }
    }

    public void Write(OpenApiOperation operation)
    {
        foreach (var body in operation.RequestBody?.Content?.Values ?? [])
        {
            if (body.Examples is not { } forms)
            {
                body.Example = Of(body.Schema, null, null, asked: true);
                continue;
            }

            foreach (var (form, data) in forms.Values.OfType<OpenApiExample>().Zip(SchemaTexts.Concrete(body.Schema)!.Properties!["data"].OneOf!))
            {
                form.Value = Of(body.Schema, null, null, asked: true);
                form.Value!["data"] = Of(data, null, null, asked: true);
            }
        }

        foreach (var content in operation.Responses?.Values.Select(response => response.Content).OfType<IDictionary<string, OpenApiMediaType>>() ?? [])
        {
            foreach (var (form, answer) in content.Where(answer => answer.Value.Examples is null))
            {
                answer.Example = form.EndsWith("+xml", StringComparison.Ordinal) ? Feed : form == "text/html" ? Page : Of(answer.Schema, null, null, asked: false);
            }

            if (content.TryGetValue(AnswerFormat.Csv, out var table))
            {
                table.Example = Table(content["application/json"]);
            }
        }
    }

    private string? Table(OpenApiMediaType whole) =>
        whole.Schema is OpenApiSchemaReference { Reference.Id: { } name } && components.TypeOf(name) is { } type && TableShape.Of(type.Type) is { } shape
            ? CsvTable.Of(whole.Example, shape, type)
            : null;

    private JsonNode? Of(IOpenApiSchema? reference, string? name, DescribedAttribute? described, bool asked)
    {
        if (reference is null)
        {
            return null;
        }

        if (Parse(described, language, time) is { } example)
        {
            return example;
        }

        var given = SchemaTexts.WithoutNull(reference);
        var schema = SchemaTexts.Concrete(given) ?? new OpenApiSchema();
        return schema switch
        {
            // « null » is an example too
            _ when described?.Example is not null => null,
            { Enum: [{ } first, ..] } => first.DeepClone(),
            { Examples: [{ } first, ..] } => first.DeepClone(),
            { Properties.Count: > 0 } => OfObject(schema, (given as OpenApiSchemaReference)?.Reference.Id, name, asked),
            { Items: { } items } => Of(items, name, null, asked) is { } item ? new JsonArray(item) : new JsonArray(),
            _ => OfValue(schema, name, described),
        };
    }

    private JsonObject OfObject(OpenApiSchema schema, string? component, string? owner, bool asked)
    {
        var result = new JsonObject();
        var type = component is null ? null : components.TypeOf(component);
        foreach (var (name, member) in schema.Properties!)
        {
            var property = type?.Properties.FirstOrDefault(candidate => candidate.Name == name);
            var described = property is null ? null : SchemaTexts.DescribedAs(property);
            var value = IsTold(member, described) || (asked && schema.Required is not { Count: > 0 }) ? Of(member, IdentifiedBy(name, owner), described, asked) : null;
            if (value is not null || !asked)
            {
                result[name] = value;
            }
        }

        return result;
    }

    private JsonNode? OfValue(OpenApiSchema schema, string? name, DescribedAttribute? described) => (schema.Type & ~JsonSchemaType.Null, schema.Format) switch
    {
        (JsonSchemaType.String, "uuid") => name is null or "id" ? OwnId : OtherId(name),
        (JsonSchemaType.String, "date-time") => Instant,
        (JsonSchemaType.String, "date") => Instant[..10],
        (JsonSchemaType.String, "uri") => "https://example.org/",
        (JsonSchemaType.String, _) => language.Choose(described) ?? "…",
        (JsonSchemaType.Integer or JsonSchemaType.Number, _) => int.TryParse(schema.Minimum, CultureInfo.InvariantCulture, out var minimum) ? minimum : 1,
        (JsonSchemaType.Boolean, _) => true,
        _ => null,
    };

    // The « id » within « client » is a « clientId » elsewhere
    private static string IdentifiedBy(string name, string? owner) => name == "id" && owner is not (null or "items") ? owner + "Id" : name;

    // The same thing has the same id wherever it is named
    public static string OtherId(string name) => OtherIds + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..12];

    // What may be missing is told when its record has an example for it
    private static bool IsTold(IOpenApiSchema schema, DescribedAttribute? described) => described?.Example is not null
        || !(schema.Type?.HasFlag(JsonSchemaType.Null) is true || schema.OneOf?.Any(choice => choice.Type == JsonSchemaType.Null) is true);
}
