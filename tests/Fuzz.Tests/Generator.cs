using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Makes requests out of the document: right ones, and right ones to which something was done.</summary>
internal sealed partial class Generator(ApiDocument document, Memory memory)
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 100_000 };

    private readonly Values values = new(document, memory);

    public (ApiOperation Operation, Wire Request) Next(Random random)
    {
        var operation = document.All[random.Next(document.All.Count)];
        var right = Right(operation, random);
        return (operation, random.Next(3) == 0 ? right : Spoilt(operation, right, random));
    }

    /// <summary>A request to which something was done.</summary>
    public Wire Spoilt(ApiOperation operation, Wire right, Random random) => random.Next(9) switch
    {
        0 => BadPath(operation, right, random),
        1 => BadQuery(operation, right, random),
        2 => BadHeaders(right, random),
        3 when random.Next(2) == 0 => right with { Kind = "method", Method = Hostile.Methods[random.Next(Hostile.Methods.Length)] },
        4 when right.Body is not null => BadBytes(right, random),
        5 when right.Body is not null && random.Next(2) == 0 => right with { Kind = "content type", ContentType = random.Next(8) == 0 ? null : Hostile.ContentTypes[random.Next(Hostile.ContentTypes.Length)] },
        6 => OtherId(right, random),
        _ when right is { Body: not null, ContentType: Json } => BadBody(right, random),
        _ => BadQuery(operation, BadHeaders(right, random), random),
    };

    private Wire Right(ApiOperation operation, Random random)
    {
        var query = from parameter in operation.Parameters
                    where parameter.GetProperty("in").GetString() == "query" && random.Next(3) == 0
                    let name = parameter.GetProperty("name").GetString()!
                    let value = values.Of(parameter.GetProperty("schema"), name, random)
                    where value is not null
                    select $"{name}={Uri.EscapeDataString(Plain(value))}";
        var target = Parameter().Replace(operation.Path, found => Uri.EscapeDataString(PathValue(operation, found.Value[1..^1], random)));
        var asked = string.Join('&', query);
        var (mediaType, body) = BodyOf(operation, random);
        return new("right", operation.Method.Method, asked.Length == 0 ? target : $"{target}?{asked}", [], mediaType, body);
    }

    private (string? MediaType, byte[]? Body) BodyOf(ApiOperation operation, Random random)
    {
        var needed = operation.Json.TryGetProperty("requestBody", out var body) && body.TryGetProperty("required", out var required) && required.GetBoolean();
        if (!needed && random.Next(2) == 0)
        {
            return (null, null);
        }

        return operation.BodySchema(Json) is { } schema ? (Json, Bytes(BodyOf(body, Json, schema, random)))
            : operation.BodySchema(Form) is { } form && BodyOf(body, Form, form, random) is JsonObject members
                ? (Form, Encoding.UTF8.GetBytes(string.Join('&', members.Where(member => member.Value is not null).Select(member => $"{member.Key}={Uri.EscapeDataString(Plain(member.Value!))}"))))
                : (null, null);
    }

    private JsonNode? BodyOf(JsonElement body, string mediaType, JsonElement schema, Random random) =>
        random.Next(2) == 0 && body.GetProperty("content").GetProperty(mediaType).TryGetProperty("example", out var example) ? values.Like(example, random) : values.Of(schema, "", random);

    private string PathValue(ApiOperation operation, string name, Random random) =>
        (random.Next(6) == 0 ? null : memory.Recall(name == "id" ? Memory.CollectionOf(operation.Path) : name, random)) ?? Guid.CreateVersion7().ToString();

    /// <summary>One of its ids, in the address or in the body, becomes that of another thing of whatever kind.</summary>
    private Wire OtherId(Wire right, Random random)
    {
        var body = right.Body is null ? "" : Encoding.UTF8.GetString(right.Body);
        var ids = Id().Matches(right.Target).Concat(Id().Matches(body)).Select(found => found.Value).ToList();
        if (ids.Count == 0)
        {
            return BadHeaders(right, random);
        }

        var (id, other) = (ids[random.Next(ids.Count)], memory.RecallAny(random) ?? Guid.CreateVersion7().ToString());
        return right with { Kind = "another's id", Target = right.Target.Replace(id, other, StringComparison.Ordinal), Body = right.Body is null ? null : Encoding.UTF8.GetBytes(body.Replace(id, other, StringComparison.Ordinal)) };
    }

    private static Wire BadPath(ApiOperation operation, Wire right, Random random)
    {
        var hostile = Hostile.Text(random);
        var target = random.Next(8) switch
        {
            0 => right.Target.Replace("/v1/", "/V1/", StringComparison.Ordinal),
            1 => $"{operation.Path}/../{Uri.EscapeDataString(hostile)}",
            2 => right.Target.Insert(right.Target.IndexOf("/v1/", StringComparison.Ordinal) is >= 0 and var place ? place + 3 : 0, "/%2e%2e/v1"),
            3 => right.Target.TrimEnd('/') + "/",
            4 => right.Target.Replace("/", "//", StringComparison.Ordinal),
            5 => $"{operation.Path.Split("/{")[0]}/{new string('a', random.Next(100, 9_000))}",
            6 => $"{operation.Path.Split("/{")[0]}/%{random.Next(256):x2}%{random.Next(256):x2}%zz",
            _ => Parameter().Replace(operation.Path, _ => Uri.EscapeDataString(hostile.Length == 0 ? "x" : Whole(hostile))),
        };
        return right with { Kind = "path", Target = target };
    }

    private static Wire BadQuery(ApiOperation operation, Wire right, Random random)
    {
        var names = operation.Parameters.Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!).Append("unknown").ToArray();
        var name = names[random.Next(names.Length)];
        var hostile = Uri.EscapeDataString(Whole(random.Next(3) == 0 ? Hostile.Numbers[random.Next(Hostile.Numbers.Length)] : Hostile.Text(random)));
        var part = random.Next(9) switch
        {
            0 => $"{name}={hostile}&{name}={hostile}",
            1 => $"{name}[]={hostile}",
            2 => $"{name.ToUpperInvariant()}={hostile}",
            3 => name,
            4 => $"{name}=%zz%00%ff",
            5 => $"={hostile}&&&=&{name}=",
            6 => $"{name}={new string('9', random.Next(10, 7_000))}",
            7 => $"{Uri.EscapeDataString(Whole(Hostile.Text(random)))}={hostile}",
            _ => $"{name}={hostile}",
        };
        return right with { Kind = "query", Target = right.Target + (right.Target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + part };
    }

    private static Wire BadHeaders(Wire right, Random random) => right with
    {
        Kind = "headers",
        Headers =
        [
            .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Hostile.Headers[random.Next(Hostile.Headers.Length)])
                .Select(header => (header.Name, random.Next(20) == 0 ? new string('x', random.Next(1_000, 12_000)) : header.Values[random.Next(header.Values.Length)])),
        ],
    };

    private static Wire BadBytes(Wire right, Random random)
    {
        var body = right.Body!.ToArray();
        for (var change = random.Next(1, 4); change > 0 && body.Length > 0; change--)
        {
            switch (random.Next(4))
            {
                case 0:
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                    break;
                case 1:
                    body = body[..random.Next(body.Length)];
                    break;
                case 2:
                    body = [.. body, .. Encoding.UTF8.GetBytes(Hostile.Text(random))];
                    break;
                default:
                    var place = random.Next(body.Length);
                    body = [.. body[..place], (byte)random.Next(256), .. body[place..]];
                    break;
            }
        }

        return right with { Kind = "bytes", Body = random.Next(8) switch { 0 => [], 1 => [0xef, 0xbb, 0xbf, .. right.Body!], 2 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(right.Body!)), 3 => [.. right.Body!, .. right.Body!], _ => body } };
    }

    private static Wire BadBody(Wire right, Random random)
    {
        var body = JsonNode.Parse(right.Body!);
        var text = Encoding.UTF8.GetString(right.Body!);
        return random.Next(body is JsonObject ? 40 : 1) switch
        {
            0 when body is not JsonObject => right with { Kind = "other", Body = Bytes(Hostile.Value(random)) },
            0 => right with { Kind = "depth", Body = Encoding.UTF8.GetBytes(Hostile.Nested(random)) },
            1 => right with { Kind = "depth", Body = Encoding.UTF8.GetBytes(text.Insert(text.LastIndexOf('}'), $"{(text.Length > 2 ? "," : "")}\"deep\":{Hostile.Nested(random)}")) },
            2 => right with { Kind = "twice", Body = Encoding.UTF8.GetBytes(text.Length > 2 ? text.Insert(1, text[1..^1] + ",") : """{"a":1,"a":2}""") },
            3 when random.Next(4) == 0 => right with { Kind = "huge", Body = Bytes(Replaced(body, new string('a', random.Next(900_000, 3_000_000)), random)) },
            4 => right with { Kind = "comment", Body = Encoding.UTF8.GetBytes(text.Insert(1, "/* */")) },
            5 => right with { Kind = "surrogate", Body = Encoding.UTF8.GetBytes(Strings().Replace(text, "\"\\ud83d\"", 1)) },
            6 => right with { Kind = "other", Body = Bytes(Hostile.Value(random)) },
            < 12 => right with { Kind = "unknown member", Body = Bytes(Extended(body, random)) },
            < 18 => right with { Kind = "missing member", Body = Bytes(Shortened(body, random)) },
            _ => right with { Kind = "value", Body = Bytes(Replaced(body, Hostile.Value(random), random)) },
        };
    }

    private static JsonNode? Extended(JsonNode? body, Random random)
    {
        var objects = Nodes(body).OfType<JsonObject>().ToList();
        if (objects.Count > 0)
        {
            objects[random.Next(objects.Count)][random.Next(3) switch { 0 => "inseecode", 1 => "$type", _ => "unknown" + Whole(Hostile.Text(random)) }] = Hostile.Value(random);
        }

        return body;
    }

    private static JsonNode? Shortened(JsonNode? body, Random random)
    {
        var objects = Nodes(body).OfType<JsonObject>().Where(node => node.Count > 0).ToList();
        if (objects.Count > 0 && objects[random.Next(objects.Count)] is var chosen)
        {
            chosen.Remove(chosen.ElementAt(random.Next(chosen.Count)).Key);
        }

        return body;
    }

    private static JsonNode? Replaced(JsonNode? body, JsonNode? value, Random random)
    {
        var objects = Nodes(body).OfType<JsonObject>().Where(node => node.Count > 0).ToList();
        if (objects.Count == 0)
        {
            return value;
        }

        var chosen = objects[random.Next(objects.Count)];
        chosen[chosen.ElementAt(random.Next(chosen.Count)).Key] = value;
        return body;
    }

    private static IEnumerable<JsonNode?> Nodes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Nodes(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Nodes).Prepend(items),
        _ => [node],
    };

    private static byte[] Bytes(JsonNode? body)
    {
        try
        {
            return Encoding.UTF8.GetBytes(body?.ToJsonString(Relaxed) ?? "null");
        }
        catch (ArgumentException)
        {
            // Half a character cannot be written but as an escape
            return Encoding.UTF8.GetBytes("""{"half":"\ud800"}""");
        }
    }

    private static string Plain(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? Whole(plain) : value.ToJsonString();

    // An address holds no halves of characters
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("\"[^\"]*\"(?=[,}])")]
    private static partial Regex Strings();
}
