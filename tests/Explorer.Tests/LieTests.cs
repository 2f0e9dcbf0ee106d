using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>A document with a lie in it is caught by the very handler that every client of the tests has.</summary>
public sealed class LieTests(MilleCafesHost host)
{
    private const string Communes = "/v1/reference/communes";

    private static readonly Dictionary<string, Action<JsonObject>> Lies = new()
    {
        ["a status is left out"] = document => Responses(document).Remove("404"),
        ["a code is left out"] = document => Content(document, "404", "application/problem+json")["examples"]!.AsObject().Remove("reference.commune_unknown"),
        ["another media type"] = document => Rename(Answer(document, "200")["content"]!, "application/json", "application/xml"),
        ["no body"] = document => Answer(document, "200").Remove("content"),
        ["a header that never comes"] = document => Answer(document, "200")["headers"]!["X-Never"] = new JsonObject { ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } },
        ["a header of another form"] = document => Answer(document, "200")["headers"]!["Content-Language"]!["schema"]!["enum"] = new JsonArray("de"),
        ["a member is left out"] = document => Properties(document).Remove("population"),
        ["a member that never comes"] = document => View(document)["required"]!.AsArray().Add("mayor"),
        ["another type"] = document => Properties(document)["population"]!["type"] = "string",
        ["never null"] = document => Schema(document, "FoundCommuneView")["properties"]!["matchedName"]!["type"] = "string",
        ["another format"] = document => Properties(document)["name"]!["format"] = "date-time",
        ["a value is left out"] = document => Remove(Schema(document, "CommuneCodeKind")["enum"]!, "current"),
        ["a tighter bound"] = document => Properties(document)["population"]!["maximum"] = 10,
        ["another type inside a list"] = document => Properties(document)["postcodes"]!["items"]!["type"] = "integer",
        ["the operation is left out"] = document => document["paths"]!.AsObject().Remove($"{Communes}/{{inseeCode}}"),
        ["a problem has no detail"] = document => Schema(document, "ProblemDocument")["properties"]!.AsObject().Remove("detail"),
    };

    public static TheoryData<string> Told => [.. Lies.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Told))]
    public async Task A_document_that_lies_is_found_out(string lie)
    {
        var document = await DocumentAsync();
        using (var honest = ClientOf(document))
        {
            await AskAsync(honest);
        }

        Lies[lie](document);
        using var lying = ClientOf(document);

        await Assert.ThrowsAsync<UndocumentedAnswerException>(() => AskAsync(lying));
    }

    [Fact]
    public async Task A_request_that_the_document_calls_wrong_may_not_be_taken()
    {
        var document = await DocumentAsync();
        var submit = document["components"]!["schemas"]!["SubmitCommuneCandidature"]!;
        submit["properties"]!["otherShops"]!["maximum"] = -1;
        using var client = ClientOf(document);
        var operation = (await new Documents(host).OperationsAsync(Documents.French)).Single(one => one.Id == "SubmitCommuneCandidature");
        var letter = operation.BodyExample!.DeepClone();
        letter["inseeCode"] = host.NextInseeCode();

        var found = await Assert.ThrowsAsync<UndocumentedAnswerException>(() => client.PostAsJsonAsync(operation.Path, letter, Token));

        Assert.Contains("/otherShops breaks « maximum: -1 »: 0", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_the_document_does_not_tell_of_may_not_be_taken()
    {
        var document = await DocumentAsync();
        var parameters = document["paths"]![Communes]!["get"]!["parameters"]!.AsArray();
        parameters.Remove(parameters.Single(parameter => (string?)parameter!["name"] == "limit"));
        using var client = ClientOf(document);

        await Assert.ThrowsAsync<UndocumentedAnswerException>(() => client.GetAsync($"{Communes}?limit=1", Token));
    }

    [Theory]
    [InlineData("/v1/nowhere")]
    [InlineData("/nowhere")]
    [InlineData("/openapi/v9.json")]
    public async Task What_belongs_to_no_operation_is_refused_by_a_whole_problem(string path)
    {
        var document = await DocumentAsync();
        using var honest = ClientOf(document);
        Assert.Equal(404, (int)(await honest.GetAsync(path, Token)).StatusCode);

        Schema(document, "ProblemDocument")["properties"]!.AsObject().Remove("traceId");
        using var lying = ClientOf(document);

        await Assert.ThrowsAsync<UndocumentedAnswerException>(() => lying.GetAsync(path, Token));
    }

    [Fact]
    public async Task The_clients_of_the_host_have_the_handler()
    {
        using var another = host.With(host.AdministratorKey);

        Assert.All([host.Administrator, host.Anonymous, another], client => Assert.IsType<DocumentedAnswers>(HandlerOf(client)));
        Assert.Equal(404, (int)(await another.GetAsync("/v1/nowhere", Token)).StatusCode);
    }

    private async Task<JsonObject> DocumentAsync() => await new Documents(host).ParseAsync(Documents.French);

    private HttpClient ClientOf(JsonObject document) =>
        Clients.Against(ApiDocument.Parse(document.ToJsonString()), host.Anonymous.BaseAddress!, host.AdministratorKey);

    private static async Task AskAsync(HttpClient client)
    {
        using var known = await client.GetAsync($"{Communes}/12268", Token);
        using var unknown = await client.GetAsync($"{Communes}/99999", Token);
        using var list = await client.GetAsync($"{Communes}?search=senergues", Token);
        Assert.Equal((200, 404, 200), ((int)known.StatusCode, (int)unknown.StatusCode, (int)list.StatusCode));
    }

    private static JsonObject Responses(JsonObject document) => document["paths"]![$"{Communes}/{{inseeCode}}"]!["get"]!["responses"]!.AsObject();

    private static JsonObject Answer(JsonObject document, string status) => Responses(document)[status]!.AsObject();

    private static JsonObject Content(JsonObject document, string status, string mediaType) => Answer(document, status)["content"]![mediaType]!.AsObject();

    private static JsonObject Schema(JsonObject document, string name) => document["components"]!["schemas"]![name]!.AsObject();

    private static JsonObject View(JsonObject document) => Schema(document, "CommuneView");

    private static JsonObject Properties(JsonObject document) => View(document)["properties"]!.AsObject();

    private static void Rename(JsonNode node, string before, string after)
    {
        var value = node[before]!.DeepClone();
        node.AsObject().Remove(before);
        node[after] = value;
    }

    private static void Remove(JsonNode list, string value) => list.AsArray().Remove(list.AsArray().Single(one => (string?)one == value));

    private static object? HandlerOf(HttpClient client) =>
        typeof(HttpMessageInvoker).GetField("_handler", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(client);
}
