using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>A body that cannot be read is answered with everything that is wrong in it.</summary>
public sealed class BodyFaultTests(MilleCafesHost host)
{
    private const string Candidatures = "/v1/recruitment/commune-candidatures";

    [Fact]
    public async Task Every_fault_of_a_body_is_named_at_once()
    {
        var problem = await RefusedAsync("""
            {"inseecode2": 1, "cafeSituation": "closed", "otherShops": "x", "otherShops": 3, "contact": [],
             "premises": {"surfaceSquareMeters": 65, "available": "yes", "housingForTwo": null, "description": "a\u0000b"}}
            """);

        Assert.Equal(
            [
                "/cafeSituation unknown_value", "/carriedByMayor not_null", "/contact unreadable", "/inseeCode not_empty", "/inseecode2 unknown_field",
                "/otherShops duplicate_field", "/otherShops unreadable", "/premises/available unreadable", "/premises/description unreadable",
                "/premises/housingForTwo unreadable", "/premises/surfaceSquareMeters unknown_field", "/residentsInvolved not_null",
            ],
            Told(problem).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"closed\"")]
    [InlineData("\"None\"")]
    [InlineData("0")]
    [InlineData("[]")]
    public async Task A_choice_that_is_none_is_answered_with_the_possible_ones(string given)
    {
        var problem = await RefusedAsync($"{{\"cafeSituation\": {given}}}");

        var error = problem["errors"]!.AsArray().Single(one => (string?)one!["pointer"] == "/cafeSituation")!;
        Assert.Equal("unknown_value", (string?)error["code"]);
        Assert.Equal("Valeurs possibles : none, threatened, open.", (string?)error["detail"]);
    }

    [Fact]
    public async Task The_elements_of_a_list_are_told_apart()
    {
        using var answer = await host.Administrator.AskAsync(
            HttpMethod.Post, "/v1/webhooks/subscriptions", Json("""{"url":"https://partenaire.example/","eventTypes":["*",1,{}],"format":"fat"}"""));
        Assert.Equal(["/eventTypes/1 unreadable", "/eventTypes/2 unreadable", "/format unknown_value"], Told(await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("null")]
    [InlineData(" null ")]
    [InlineData("\"x\"")]
    [InlineData("1")]
    [InlineData("true")]
    public async Task JSON_that_is_no_object_is_told_so(string body)
    {
        foreach (var key in new[] { [], new[] { ("Idempotency-Key", Guid.CreateVersion7().ToString()) } })
        {
            using var answer = await host.Administrator.AskAsync(HttpMethod.Post, Candidatures, Json(body), key);
            var error = Assert.Single((await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed"))["errors"]!.AsArray())!;
            Assert.Equal(("", "not_an_object", "Il faut un objet JSON : { … }."), ((string?)error["pointer"], (string?)error["code"], (string?)error["detail"]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"inseecode2\": 1")]
    [InlineData("{\"inseeCode\": 1,")]
    [InlineData("{\"premises\": {\"x\": 1}} }")]
    public async Task What_is_no_JSON_stays_refused(string body)
    {
        using var answer = await host.Administrator.AskAsync(HttpMethod.Post, Candidatures, Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Very_many_faults_are_not_all_told()
    {
        var many = new JsonObject(Enumerable.Range(0, 1_000).Select(number => KeyValuePair.Create($"x{number}", (JsonNode?)number)));
        Assert.InRange(Told(await RefusedAsync(many.ToJsonString())).Count(), 2, 100);
    }

    [Fact]
    public async Task A_body_too_long_to_be_kept_is_answered_with_its_first_fault()
    {
        var problem = await RefusedAsync($$"""{"premises": {"x": 1, "y": 2, "description": "{{new string('a', 100_000)}}"}, "z": 3}""");
        Assert.Equal(["/premises/x unknown_field"], Told(problem));
    }

    [Fact]
    public async Task Nothing_of_it_is_kept_for_its_key()
    {
        var key = ("Idempotency-Key", Guid.CreateVersion7().ToString());
        foreach (var body in new[] { "{\"x\": 1}", "{\"x\": 1}" })
        {
            using var answer = await host.Administrator.AskAsync(HttpMethod.Post, Candidatures, Json(body), key);
            Assert.Contains("/x unknown_field", Told(await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed")));
        }
    }

    private async Task<JsonObject> RefusedAsync(string body)
    {
        using var answer = await host.Administrator.AskAsync(HttpMethod.Post, Candidatures, Json(body));
        return await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed");
    }

    private static IEnumerable<string> Told(JsonObject problem) => problem["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}");

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
