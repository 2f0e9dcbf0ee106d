using System.Text.Json.Nodes;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The committed documents: whoever changes the API sees in review what clients will see.</summary>
/// <remarks><c>MILLECAFES_SNAPSHOT=renew ./test Explorer</c> writes them anew, but not a breaking change; <c>=break</c> writes that too.</remarks>
public sealed class SnapshotTests(MilleCafesHost host)
{
    private const string Setting = "MILLECAFES_SNAPSHOT";

    private readonly Documents documents = new(host);

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task The_served_document_is_the_committed_one(string name)
    {
        var token = TestContext.Current.CancellationToken;
        var served = Undated(await documents.ReadAsync(name)).TrimEnd() + "\n";
        var (file, wanted) = (FileOf(name), Environment.GetEnvironmentVariable(Setting));
        var committed = File.Exists(file) ? await File.ReadAllTextAsync(file, token) : "{}";
        if (committed == served)
        {
            return;
        }

        var breaks = BreakingChanges.Between(JsonNode.Parse(committed)!.AsObject(), JsonNode.Parse(served)!.AsObject());
        if (wanted == "break" || (wanted == "renew" && breaks.Count == 0))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, served, token);
            return;
        }

        Assert.Fail(breaks.Count == 0
            ? $"The document is no longer docs/openapi/{name}.json; nothing in it breaks a client. If that is meant: {Setting}=renew ./test Explorer"
            : $"The document is no longer docs/openapi/{name}.json, and clients break:\n- {string.Join("\n- ", breaks)}\n/v1 only grows. If it must be all the same: {Setting}=break ./test Explorer");
    }

    // The clients of all tests go by the document of one host
    [Fact]
    public async Task A_host_with_other_settings_serves_the_same_document()
    {
        await using var other = await host.StartApartAsync(("RateLimit:Permits", "100"), ("Recruitment:Form:Permits", "100"), ("Webhooks:AllowLoopback", "false"), ("Http:Timeout", "00:00:20"));
        using var client = Clients.Unchecked(other.Address);

        var served = await client.GetStringAsync($"/openapi/{Documents.French}.json", TestContext.Current.CancellationToken);

        Assert.Equal(Undated(await documents.ReadAsync(Documents.French)), Undated(served));
    }

    // The example of a replay is of yesterday, whenever that is
    private static string Undated(string document)
    {
        var body = JsonNode.Parse(document)!["paths"]!["/v1/webhooks/subscriptions/{id}/replay"]!["post"]!["requestBody"]!;
        return document.Replace((string)body["content"]!["application/json"]!["example"]!["since"]!, "2023-04-03T09:00:00Z", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BreakingOnes))]
    public async Task A_breaking_change_is_named(string change, string sentence)
    {
        var (before, after) = (await documents.ParseAsync(Documents.French), await documents.ParseAsync(Documents.French));
        Changes[change](after);

        Assert.Contains(sentence, BreakingChanges.Between(before, after));
    }

    [Fact]
    public async Task Growth_breaks_nothing()
    {
        var (before, after) = (await documents.ParseAsync(Documents.French), await documents.ParseAsync(Documents.French));
        var schemas = after["components"]!["schemas"]!;
        schemas["CommuneView"]!["properties"]!["mayor"] = new JsonObject { ["type"] = "string" };
        schemas["CommuneView"]!["required"]!.AsArray().Add("mayor");
        schemas["SubmitCommuneCandidature"]!["properties"]!["remark"] = new JsonObject { ["type"] = "string" };
        schemas["ProjectPhase"]!["enum"]!.AsArray().Add("closed");
        schemas["CandidatureContact"]!["properties"]!["name"]!["maxLength"] = 300;
        after["paths"]!["/v1/network/cafes"] = new JsonObject { ["get"] = new JsonObject { ["operationId"] = "ListCafes", ["responses"] = new JsonObject() } };
        after["info"]!["description"] = "Other words";

        Assert.Empty(BreakingChanges.Between(before, after));
        Assert.Empty(BreakingChanges.Between(before, before));
    }

    public static TheoryData<string, string> BreakingOnes => new()
    {
        { "operation", "DELETE /v1/webhooks/subscriptions/{id} is gone." },
        { "member", "CommuneView has lost the member population." },
        { "value", "CafeSituation has lost the value \"threatened\"." },
        { "required", "SubmitCommuneCandidature needs the member remark now." },
        { "nested", "CandidatureContact needs the member phone now." },
        { "missing", "CommuneView may come without region now." },
        { "type", "CommuneView.population: type was \"integer\" and is \"string\"." },
        { "null", "CommuneView.name: type was \"string\" and is [\"null\",\"string\"]." },
        { "bound", "CandidatureContact.name takes less than before." },
        { "parameter", "GET /v1/reference/communes has lost the parameter search." },
        { "asked", "GET /v1/reference/communes needs the parameter departement now." },
        { "key", "GET /v1/reference/communes needs a key now." },
        { "status", "POST /v1/recruitment/commune-candidatures no longer answers with 201." },
        { "code", "POST /v1/recruitment/commune-candidatures → 409 has lost the code recruitment.candidature_already_open." },
        { "format", "GET /v1/reference/communes → 200 is no longer application/json." },
        { "event", "POST recruitment.commune-candidature.accepted is gone." },
        { "schema", "The schema CommuneView is gone." },
    };

    private static readonly Dictionary<string, Action<JsonObject>> Changes = new()
    {
        ["operation"] = document => document["paths"]!["/v1/webhooks/subscriptions/{id}"]!.AsObject().Remove("delete"),
        ["member"] = document => Schema(document, "CommuneView")["properties"]!.AsObject().Remove("population"),
        ["value"] = document => Schema(document, "CafeSituation")["enum"]!.AsArray().RemoveAt(1),
        ["required"] = document =>
        {
            Schema(document, "SubmitCommuneCandidature")["properties"]!["remark"] = new JsonObject { ["type"] = "string" };
            Schema(document, "SubmitCommuneCandidature")["required"]!.AsArray().Add("remark");
        },
        ["nested"] = document => Schema(document, "CandidatureContact")["required"]!.AsArray().Add("phone"),
        ["missing"] = document => Remove(Schema(document, "CommuneView")["required"]!, "region"),
        ["type"] = document => Schema(document, "CommuneView")["properties"]!["population"]!["type"] = "string",
        ["null"] = document => Schema(document, "CommuneView")["properties"]!["name"]!["type"] = new JsonArray("null", "string"),
        ["bound"] = document => Schema(document, "CandidatureContact")["properties"]!["name"]!["maxLength"] = 100,
        ["parameter"] = document => Communes(document)["parameters"]!.AsArray().RemoveAt(0),
        ["asked"] = document => Communes(document)["parameters"]![1]!["required"] = true,
        ["key"] = document => Communes(document)["security"] = new JsonArray(new JsonObject { ["Bearer"] = new JsonArray() }),
        ["status"] = document => Submit(document)["responses"]!.AsObject().Remove("201"),
        ["code"] = document => Submit(document)["responses"]!["409"]!["content"]!["application/problem+json"]!["examples"]!.AsObject().Remove("recruitment.candidature_already_open"),
        ["format"] = document => Communes(document)["responses"]!["200"]!["content"]!.AsObject().Remove("application/json"),
        ["event"] = document => document["webhooks"]!.AsObject().Remove("recruitment.commune-candidature.accepted"),
        ["schema"] = document => document["components"]!["schemas"]!.AsObject().Remove("CommuneView"),
    };

    private static JsonObject Schema(JsonObject document, string name) => document["components"]!["schemas"]![name]!.AsObject();

    private static JsonObject Communes(JsonObject document) => document["paths"]!["/v1/reference/communes"]!["get"]!.AsObject();

    private static JsonObject Submit(JsonObject document) => document["paths"]!["/v1/recruitment/commune-candidatures"]!["post"]!.AsObject();

    private static void Remove(JsonNode list, string value) => list.AsArray().Remove(list.AsArray().Single(one => (string?)one == value));

    private static string FileOf(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MilleCafes.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No MilleCafes.sln above the tests.");
        }

        return Path.Combine(folder.FullName, "docs", "openapi", $"{name}.json");
    }
}
