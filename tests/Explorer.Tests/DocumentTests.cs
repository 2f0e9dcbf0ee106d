using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Xunit;

namespace MilleCafes.Explorer.Tests;

public sealed partial class DocumentTests(MilleCafesHost host)
{
    private static readonly string[] Words = ["title", "description", "summary", "name", "tags", "license"];
    private static readonly string[] Samples = ["example", "examples", "scopes"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Documents documents = new(host);

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task A_document_is_valid_OpenAPI_3_1(string name)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(await documents.ReadAsync(name)));

        var read = await OpenApiDocument.LoadAsync(stream, "json", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.NotEmpty(read.Document!.Paths);
    }

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task Every_operation_says_what_it_does_and_every_way_it_can_refuse(string name)
    {
        var operations = await documents.OperationsAsync(name);

        Assert.NotEmpty(operations);
        Assert.Equal(operations.Count, operations.Select(operation => operation.Id).Distinct().Count());
        Assert.All(operations, operation =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["summary"]));
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["description"]));
            Assert.Single(operation.Json["tags"]!.AsArray());
            Assert.All(operation.Json["parameters"]?.AsArray() ?? [], parameter => Assert.False(string.IsNullOrWhiteSpace((string?)parameter!["description"])));
            Assert.Contains(500, operation.Refusals.Select(refusal => refusal.Status));
            Assert.All(operation.Refusals, refusal => Assert.NotEmpty(operation.CodesOf(refusal.Status)));
            Assert.Equal(operation.NeedsKey, operation.CodesOf(401).Contains("access.key_missing"));
            Assert.Equal(operation.NeedsKey, operation.CodesOf(403).Contains("access.scope_missing"));
        });
    }

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task Every_member_of_every_schema_is_described(string name)
    {
        var schemas = (await documents.ParseAsync(name))["components"]!["schemas"]!.AsObject();

        Assert.NotEmpty(schemas);
        Assert.All(
            schemas.SelectMany(schema => schema.Value!["properties"]?.AsObject() ?? []),
            member => Assert.False(string.IsNullOrWhiteSpace((string?)member.Value!["description"]), member.Value.GetPath()));
    }

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task What_many_answers_have_in_common_is_said_once(string name)
    {
        var document = await documents.ServedAsync(name);
        var answers = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).SelectMany(operation => operation.Value!["responses"]!.AsObject()).Select(answer => answer.Value!).ToList();
        var whole = answers.Where(answer => answer["$ref"] is null).Concat(document["components"]!["responses"]!.AsObject().Select(answer => answer.Value!)).ToList();
        var headers = whole.SelectMany(answer => answer["headers"]?.AsObject() ?? []).Select(header => header.Value!).ToList();
        var examples = whole.SelectMany(answer => answer["content"]?.AsObject() ?? []).SelectMany(content => content.Value!["examples"]?.AsObject() ?? [])
            .Where(example => example.Value!["$ref"] is null && example.Key != "request.malformed").ToList();

        Assert.NotEmpty(headers);
        Assert.All(headers, header => Assert.NotNull(header["$ref"]));
        Assert.Distinct(examples.Select(example => $"{example.Key}: {example.Value!.ToJsonString()}"));
        Assert.True(answers.Count(answer => answer["$ref"] is not null) * 2 > answers.Count, "Most answers are those that every operation gives.");
    }

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task Every_example_fits_its_schema_and_is_more_than_a_description(string name)
    {
        var document = ApiDocument.Parse(await documents.ReadAsync(name));
        var check = new AnswerCheck(document);
        var contents = document.All.SelectMany(operation => operation.Json.GetProperty("responses").EnumerateObject().Select(answer => answer.Value)
                .Concat(operation.Json.TryGetProperty("requestBody", out var body) ? [body] : [])
                .Where(part => part.TryGetProperty("content", out _)).SelectMany(part => part.GetProperty("content").EnumerateObject())
                .Select(content => (Operation: operation, Form: content.Value)))
            .Where(content => !IsEmpty(document, content.Form.GetProperty("schema"))).ToList();

        Assert.NotEmpty(contents);
        Assert.All(contents, content =>
        {
            var examples = content.Form.TryGetProperty("examples", out var several)
                ? several.EnumerateObject().Select(example => example.Value.GetProperty("value")).ToList()
                : [content.Form.GetProperty("example")];
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.Empty(check.Faults(content.Form.GetProperty("schema"), example.GetRawText())));
        });
        var members = document.Root.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .SelectMany(schema => schema.Value.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToArray() : []);
        var descriptions = members.Select(member => member.Value.TryGetProperty("description", out var description) ? description.GetString() : null).ToHashSet();
        Assert.All(
            contents.SelectMany(content => content.Form.TryGetProperty("example", out var example) ? Texts(content.Operation.ToString(), example) : []),
            text => Assert.False(descriptions.Contains(text.Value) || text.Value == "…", $"{text.Place} is only « {text.Value} »: give the member an Example."));
    }

    [Fact]
    public async Task The_two_documents_say_the_same_in_other_words()
    {
        var (french, english) = (await documents.ParseAsync(Documents.French), await documents.ParseAsync(Documents.English));
        var (frenchOperations, englishOperations) = (await documents.OperationsAsync(Documents.French), await documents.OperationsAsync(Documents.English));

        Assert.Equal("API de Mille Cafés", (string?)french["info"]!["title"]);
        Assert.Equal("Mille Cafés API", (string?)english["info"]!["title"]);
        Assert.Equal(WithoutWords(french)!.ToJsonString(), WithoutWords(english)!.ToJsonString());
        Assert.All(frenchOperations.Zip(englishOperations), pair => Assert.NotEqual((string?)pair.First.Json["summary"], (string?)pair.Second.Json["summary"]));
        Assert.Contains("Requête invalide", french.ToJsonString(Readable), StringComparison.Ordinal);
        Assert.DoesNotContain("Requête invalide", english.ToJsonString(Readable), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task No_name_of_the_implementation_leaks(string name)
    {
        var document = await documents.ParseAsync(name);

        Assert.DoesNotMatch(ImplementationName(), document.ToJsonString(Readable));
        Assert.All(document["components"]!["schemas"]!.AsObject(), schema => Assert.Matches("^[A-Z][A-Za-z0-9]+$", schema.Key));
        Assert.All(document["paths"]!.AsObject(), path => Assert.True(path.Key.StartsWith("/v1/", StringComparison.Ordinal) || path.Key == "/oauth/token", path.Key));
    }

    [Fact]
    public async Task Operations_come_in_the_order_of_a_cafes_life()
    {
        string[] life = ["recruitment", "accompaniment", "network", "events", "impact", "reference", "webhooks", "access"];
        var operations = await documents.OperationsAsync(Documents.French);

        var modules = operations.Select(operation => operation.Path).Where(path => path.StartsWith("/v1/", StringComparison.Ordinal)).Select(path => path.Split('/')[2]).Distinct().ToList();

        Assert.Equal(life.Where(modules.Contains), modules);
        Assert.Equal((await documents.ParseAsync(Documents.French))["tags"]!.AsArray().Count, modules.Count);
    }

    [Fact]
    public async Task A_document_is_the_same_at_each_reading_and_is_not_sent_twice()
    {
        using var first = await host.Anonymous.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var second = await host.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_document_that_does_not_exist_is_a_problem()
    {
        using var answer = await host.Anonymous.GetAsync("/openapi/v9.json", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    // A body without members, which is there to be refused when it has some, needs no example
    private static bool IsEmpty(ApiDocument document, JsonElement schema) =>
        schema.TryGetProperty("oneOf", out var choices) ? choices.EnumerateArray().All(choice => choice.TryGetProperty("type", out _) || IsEmpty(document, choice))
        : schema.TryGetProperty("$ref", out var reference) && document.Resolve(reference.GetString()!) is var named
            && named.GetProperty("type").ToString() == "object" && !named.TryGetProperty("properties", out _);

    private static IEnumerable<(string Place, string Value)> Texts(string place, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Texts($"{place}/{member.Name}", member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Texts(place, item)),
        JsonValueKind.String => [(place, value.GetString()!)],
        _ => [],
    };

    private static JsonNode? WithoutWords(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => !Samples.Contains(member.Key) && (member.Value is JsonObject || !Words.Contains(member.Key)))
            .Select(member => KeyValuePair.Create(member.Key, WithoutWords(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutWords)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex(@"System\.|MilleCafes\.|Microsoft\.|`\d(?!\d\d`)|Nullable|IEnumerable|IReadOnlyList|JsonElement|\\\\[AzZ]")]
    private static partial Regex ImplementationName();
}
