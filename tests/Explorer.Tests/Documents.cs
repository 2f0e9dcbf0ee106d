using System.Text.Json.Nodes;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The documents as a client gets them.</summary>
public sealed class Documents(MilleCafesHost host)
{
    public const string French = "v1";
    public const string English = "v1.en";

    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public Task<string> ReadAsync(string name) => host.Anonymous.GetStringAsync($"/openapi/{name}.json", TestContext.Current.CancellationToken);

    /// <summary>What it says, wherever it says it.</summary>
    public async Task<JsonObject> ParseAsync(string name) => SharedParts.Unfold(await ServedAsync(name));

    /// <summary>As it comes, with references to what is said once.</summary>
    public async Task<JsonObject> ServedAsync(string name) => JsonNode.Parse(await ReadAsync(name))!.AsObject();

    public async Task<IReadOnlyList<Operation>> OperationsAsync(string name)
    {
        var document = await ParseAsync(name);
        return
        [
            .. from path in document["paths"]!.AsObject()
               from method in path.Value!.AsObject()
               where Methods.Contains(method.Key)
               select new Operation(path.Key, new HttpMethod(method.Key.ToUpperInvariant()), method.Value!.AsObject(), document),
        ];
    }
}

/// <summary>One operation of a document.</summary>
public sealed record Operation(string Path, HttpMethod Method, JsonObject Json, JsonObject Document)
{
    public string Id => (string)Json["operationId"]!;

    public bool NeedsKey => Json["security"] is JsonArray { Count: > 0 };

    public IEnumerable<(int Status, JsonNode Json)> Refusals => Json["responses"]!.AsObject()
        .Select(response => (Status: int.Parse(response.Key, System.Globalization.CultureInfo.InvariantCulture), Json: response.Value!))
        .Where(response => response.Status >= 400);

    public JsonObject? BodySchema => Json["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Resolve(schema) : null;

    public JsonNode? BodyExample => Json["requestBody"]?["content"]?["application/json"]?["example"];

    /// <summary>The path with an id that nothing has.</summary>
    public string AnyPath => System.Text.RegularExpressions.Regex.Replace(Path, "{[^}]+}", Guid.CreateVersion7().ToString());

    public IEnumerable<string> CodesOf(int status) =>
        Json["responses"]?[$"{status}"]?["content"]?["application/problem+json"]?["examples"]?.AsObject().Select(example => example.Key) ?? [];

    public JsonObject Resolve(JsonNode schema) => schema["$ref"] is { } reference
        ? Document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!.AsObject()
        : schema.AsObject();

    public override string ToString() => $"{Method} {Path}";
}
