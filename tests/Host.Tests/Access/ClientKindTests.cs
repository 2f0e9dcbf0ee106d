using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MilleCafes.Host.Tests.Platform;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

/// <summary>A client is given what its kind sees by, and nothing of another kind's.</summary>
public sealed class ClientKindTests(MilleCafesHost host)
{
    private const string Clients = "/v1/access/clients";
    private const string Cafe = "018790c4-5b40-7c3b-9a52-3f1f2e8d4c10";

    [Theory]
    [InlineData("gerant", "{}", "/cafes", "cafe_required")]
    [InlineData("gerant", """{"cafes": []}""", "/cafes", "cafe_required")]
    [InlineData("gerant", """{"cafes": ["00000000-0000-0000-0000-000000000000"]}""", "/cafes/0", null)]
    [InlineData("gerant", $$"""{"cafes": ["{{Cafe}}"], "inseeCode": "12268"}""", "/inseeCode", null)]
    [InlineData("gerant", $$"""{"cafes": ["{{Cafe}}"], "programmes": ["TrES"]}""", "/programmes", null)]
    [InlineData("gerant", $$"""{"cafes": ["{{Cafe}}"], "writesIn": ["12"]}""", "/writesIn", null)]
    [InlineData("mairie", "{}", "/inseeCode", "commune_required")]
    [InlineData("mairie", $$"""{"inseeCode": "12268", "cafes": ["{{Cafe}}"]}""", "/cafes", null)]
    [InlineData("mairie", """{"inseeCode": "12268", "programmes": ["TrES"]}""", "/programmes", null)]
    [InlineData("staff", """{"programmes": ["TrES"]}""", "/programmes", null)]
    [InlineData("staff", $$"""{"cafes": ["{{Cafe}}"]}""", "/cafes", null)]
    [InlineData("partner", """{"inseeCode": "12268"}""", "/inseeCode", null)]
    public async Task A_client_without_what_its_kind_needs_or_with_what_is_anothers_is_refused(string kind, string facts, string pointer, string? code)
    {
        using var made = await host.Administrator.AskAsync(HttpMethod.Post, Clients, Body(kind, facts));
        using var changed = await host.Administrator.AskAsync(HttpMethod.Put, $"{Clients}/{Guid.CreateVersion7()}", Body(kind, facts));

        foreach (var answer in new[] { made, changed })
        {
            var fault = Assert.Single((await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed"))["errors"]!.AsArray())!;
            Assert.Equal((pointer, code ?? (string?)fault["code"]), ((string?)fault["pointer"], (string?)fault["code"]));
        }
    }

    [Theory]
    [InlineData("gerant", $$"""{"cafes": ["{{Cafe}}"]}""")]
    [InlineData("mairie", """{"inseeCode": "12268"}""")]
    [InlineData("partner", "{}")]
    [InlineData("partner", $$"""{"cafes": ["{{Cafe}}"], "programmes": ["TrES"]}""")]
    [InlineData("staff", """{"writesIn": ["12"]}""")]
    public async Task A_client_with_what_its_kind_needs_is_taken(string kind, string facts)
    {
        using var made = await host.Administrator.AskAsync(HttpMethod.Post, Clients, Body(kind, facts));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    private static JsonContent Body(string kind, string facts)
    {
        var body = JsonNode.Parse(facts)!.AsObject();
        (body["name"], body["kind"], body["scopes"]) = ("Client", kind, new JsonArray("recruitment:read"));
        return JsonContent.Create(body);
    }
}
