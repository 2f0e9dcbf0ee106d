using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MilleCafes.Testing.Contract;

/// <summary>The OpenAPI document that a host serves, as a partner's program reads it.</summary>
public sealed partial class ApiDocument
{
    private readonly List<ApiOperation> operations;

    private ApiDocument(JsonElement root)
    {
        Root = root;
        operations = [.. Operations(root.GetProperty("paths"))];
    }

    public JsonElement Root { get; }

    public IReadOnlyList<ApiOperation> All => operations;

    public static ApiDocument Parse(string json) => new(JsonSerializer.SerializeToElement(SharedParts.Unfold(JsonNode.Parse(json)!.AsObject())));

    /// <summary>The schema of one of the document's components.</summary>
    public JsonElement Component(string name) => Root.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>What a reference such as <c>#/components/schemas/ProblemDocument</c> leads to.</summary>
    public JsonElement Resolve(string reference)
    {
        var found = reference.StartsWith("#/", StringComparison.Ordinal) ? Root : throw new NotSupportedException($"« {reference} » leads out of the document.");
        return reference[2..].Split('/').Aggregate(found, (node, step) =>
            node.TryGetProperty(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out var next)
                ? next
                : throw new InvalidOperationException($"« {reference} » leads nowhere."));
    }

    /// <summary>The operation that a request is for; HEAD is a GET whose body stays away.</summary>
    public ApiOperation? Find(HttpMethod method, string path)
    {
        var wanted = method == HttpMethod.Head ? HttpMethod.Get : method;
        // As the host routes: a word of the path wins over a parameter, whatever the method
        return operations.Where(operation => operation.Route.IsMatch(path)).GroupBy(operation => operation.Path.Count(character => character == '{'))
            .MinBy(paths => paths.Key)?.FirstOrDefault(operation => operation.Method == wanted);
    }

    /// <summary>The webhook of this type of event, as its only operation.</summary>
    public JsonElement Webhook(string type) => Root.GetProperty("webhooks").GetProperty(type).GetProperty("post");

    private static IEnumerable<ApiOperation> Operations(JsonElement paths) =>
        from path in paths.EnumerateObject()
        from method in path.Value.EnumerateObject()
        where method.Name is "get" or "post" or "put" or "patch" or "delete"
        select new ApiOperation(HttpMethod.Parse(method.Name.ToUpperInvariant()), path.Name, method.Value, RouteOf(path.Name));

    // As the framework routes: letters of either case, and a slash at the end more or less
    private static Regex RouteOf(string path) => new(
        $@"\A{string.Join("[^/]+", Parameter().Split(path.TrimEnd('/')).Select(Regex.Escape))}/?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Parameter();
}

/// <summary>One operation of a document.</summary>
/// <param name="Path">As written in the document, with its parameters in braces.</param>
/// <param name="Route">Matches the paths of its requests.</param>
public sealed record ApiOperation(HttpMethod Method, string Path, JsonElement Json, Regex Route)
{
    public string Id => Json.GetProperty("operationId").GetString()!;

    public IEnumerable<JsonElement> Parameters => Json.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    /// <summary>Whether it is done without a key.</summary>
    public bool IsOpen => Json.TryGetProperty("security", out var security) && security.GetArrayLength() == 0;

    /// <summary>The schema of the body in this media type.</summary>
    public JsonElement? BodySchema(string mediaType) =>
        Json.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty(mediaType, out var content) ? content.GetProperty("schema") : null;

    /// <summary>What is said of a status: of itself, of its hundred (<c>4XX</c>), or by default.</summary>
    public JsonElement? Answer(int status)
    {
        var responses = Json.GetProperty("responses");
        return responses.TryGetProperty($"{status}", out var answer) || responses.TryGetProperty($"{status / 100}XX", out answer) || responses.TryGetProperty("default", out answer)
            ? answer
            : null;
    }

    public override string ToString() => $"{Method} {Path}";
}
