using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The document is what the API does, not what somebody once wrote of it.</summary>
public sealed class ContractTests(MilleCafesHost host)
{
    private readonly Documents documents = new(host);

    [Fact]
    public async Task Required_members_are_those_that_an_empty_request_is_refused_for()
    {
        var operations = (await documents.OperationsAsync(Documents.French)).Where(operation => operation.BodySchema?["required"] is not null).ToList();

        Assert.NotEmpty(operations);
        foreach (var operation in operations)
        {
            using var request = new HttpRequestMessage(operation.Method, operation.AnyPath) { Content = JsonContent.Create(Hollow(operation, operation.BodySchema!)) };
            using var answer = await host.Administrator.SendAsync(request, TestContext.Current.CancellationToken);
            var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

            Assert.Equal("request.malformed", (string?)problem!["code"]);
            Assert.Equal(
                Required(operation, operation.BodySchema!, "").Order(),
                problem["errors"]!.AsArray().Select(error => (string)error!["pointer"]!).Distinct().Order());
        }
    }

    [Fact]
    public async Task Every_operation_that_needs_a_key_says_so_as_documented()
    {
        var operations = await documents.OperationsAsync(Documents.French);

        foreach (var operation in operations)
        {
            using var request = new HttpRequestMessage(operation.Method, operation.AnyPath);
            using var answer = await host.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(operation.NeedsKey, answer.StatusCode == HttpStatusCode.Unauthorized);
            if (operation.NeedsKey)
            {
                var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
                Assert.Contains((string)problem!["code"]!, operation.CodesOf(401));
                AssertMembers(operation, problem);
            }
        }
    }

    [Fact]
    public async Task A_bound_that_is_documented_is_enforced()
    {
        var list = (await documents.OperationsAsync(Documents.French)).Single(operation => operation.Id == "ListCommuneCandidatures");
        var limit = list.Json["parameters"]!.AsArray().Single(parameter => (string?)parameter!["name"] == "limit")!["schema"]!;
        var maximum = (int)limit["maximum"]!;

        using var within = await host.Administrator.GetAsync($"{list.Path}?limit={maximum}", TestContext.Current.CancellationToken);
        using var beyond = await host.Administrator.GetAsync($"{list.Path}?limit={maximum + 1}", TestContext.Current.CancellationToken);

        Assert.Equal(1, (int)limit["minimum"]!);
        Assert.Equal(HttpStatusCode.OK, within.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, beyond.StatusCode);
    }

    [Fact]
    public async Task The_example_of_a_candidature_is_accepted_as_it_is()
    {
        var submit = (await documents.OperationsAsync(Documents.French)).Single(operation => operation.Id == "SubmitCommuneCandidature");

        using var answer = await host.Administrator.PostAsJsonAsync(submit.Path, submit.BodyExample, TestContext.Current.CancellationToken);
        var candidature = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("Sénergues", (string?)candidature!["commune"]!["name"]);
        var documented = submit.Resolve(submit.Json["responses"]!["201"]!["content"]!["application/json"]!["schema"]!);
        Assert.Equal(documented["properties"]!.AsObject().Select(member => member.Key).Order(), candidature.Select(member => member.Key).Order());
    }

    private static void AssertMembers(Operation operation, JsonObject problem)
    {
        var schema = operation.Document["components"]!["schemas"]!["ProblemDocument"]!;
        Assert.All(schema["required"]!.AsArray(), name => Assert.True(problem.ContainsKey((string)name!)));
    }

    /// <summary>A body with every object, and nothing in any.</summary>
    private static JsonObject Hollow(Operation operation, JsonObject schema) => new(
        from member in schema["properties"]!.AsObject()
        where IsObject(operation, member.Value!)
        select KeyValuePair.Create(member.Key, (JsonNode?)Hollow(operation, operation.Resolve(member.Value!))));

    private static IEnumerable<string> Required(Operation operation, JsonObject schema, string path)
    {
        foreach (var (name, member) in schema["properties"]!.AsObject())
        {
            if (IsObject(operation, member!))
            {
                foreach (var inner in Required(operation, operation.Resolve(member!), $"{path}/{name}"))
                {
                    yield return inner;
                }
            }
            else if (schema["required"]?.AsArray().Any(required => (string?)required == name) is true)
            {
                yield return $"{path}/{name}";
            }
        }
    }

    private static bool IsObject(Operation operation, JsonNode schema) => operation.Resolve(schema)["properties"] is not null;
}
