using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests;

/// <summary>What is wrong is refused with a stable code, and leaves no trace.</summary>
public sealed class BadInputTests(MilleCafesHost host)
{
    private HttpClient Administrator => host.Administrator;

    [Fact]
    public Task An_unknown_insee_code_is_refused() =>
        RefusedAsync(() => Administrator.SubmitAsync(Letter("80999")), HttpStatusCode.UnprocessableEntity, "recruitment.commune_unknown");

    [Fact]
    public async Task A_code_that_cannot_be_an_insee_code_is_refused_with_its_field()
    {
        var problem = await RefusedAsync(() => Administrator.SubmitAsync(Letter("8O001")), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/inseeCode"], Pointers(problem));
    }

    [Fact]
    public async Task Every_faulty_field_is_named_at_once()
    {
        var letter = Letter(host.NextInseeCode());
        letter["otherShops"] = -1;
        letter["contact"]!["email"] = "mairie";
        letter.Remove("residentsInvolved");
        var problem = await RefusedAsync(() => Administrator.SubmitAsync(letter), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/contact/email", "/otherShops", "/residentsInvolved"], Pointers(problem).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_commune_with_an_open_candidature_cannot_apply_again()
    {
        var code = host.NextInseeCode();
        await Administrator.SubmittedAsync(Letter(code));
        await RefusedAsync(() => Administrator.SubmitAsync(Letter(code)), HttpStatusCode.Conflict, "recruitment.candidature_already_open");
    }

    [Fact]
    public async Task A_candidature_that_is_not_eligible_cannot_be_accepted()
    {
        var id = await Administrator.SubmittedAsync(LetterWithoutPremises(host.NextInseeCode()));
        await RefusedAsync(() => Administrator.ActAsync(id, "acceptance"), HttpStatusCode.UnprocessableEntity, "recruitment.candidature_not_eligible");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"reason": null}""")]
    [InlineData("""{"reason": ""}""")]
    [InlineData("""{"reason": "  \n"}""")]
    public async Task An_override_without_a_reason_is_refused(string body)
    {
        var id = await Administrator.SubmittedAsync(LetterWithoutPremises(host.NextInseeCode()));
        var problem = await RefusedAsync(
            () => Administrator.ActAsync(id, "eligibility-override", (JsonObject)JsonNode.Parse(body)!), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/reason"], Pointers(problem));
    }

    [Theory]
    [InlineData("""{"inseeCode": "80001",""")]
    [InlineData("inseeCode=80001")]
    [InlineData("")]
    public Task Malformed_json_is_refused(string body) =>
        RefusedAsync(() => Administrator.PostAsync(Candidatures, Json(body)), HttpStatusCode.BadRequest, "request.unreadable_json");

    [Fact]
    public async Task A_value_of_the_wrong_kind_is_refused_with_its_field()
    {
        var letter = Letter(host.NextInseeCode());
        letter["cafeSituation"] = "closed";
        var problem = await RefusedAsync(() => Administrator.SubmitAsync(letter), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/cafeSituation"], Pointers(problem));
    }

    [Fact]
    public async Task An_unknown_field_is_refused_by_its_name()
    {
        var letter = Letter(host.NextInseeCode());
        letter["inseecode2"] = "80001";
        var problem = await RefusedAsync(() => Administrator.SubmitAsync(letter), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/inseecode2"], Pointers(problem));
    }

    [Fact]
    public async Task An_unknown_field_deeper_down_is_refused_by_its_path()
    {
        var letter = Letter(host.NextInseeCode());
        letter["premises"]!["surfaceSquareMeters"] = 65;
        var problem = await RefusedAsync(() => Administrator.SubmitAsync(letter), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/premises/surfaceSquareMeters"], Pointers(problem));
    }

    [Theory]
    [InlineData("\"inseeCode\": \"80001\\u0000\"", "/inseeCode")]
    [InlineData("\"premises\": {\"available\": true, \"description\": \"a\\u0000b\"}", "/premises/description")]
    [InlineData("\"premises\": {\"available\": true, \"description\": \"\\ud800\"}", "/premises/description")]
    [InlineData("\"inseeCode\": 80001", "/inseeCode")]
    [InlineData("\"otherShops\": 99999999999999999999", "/otherShops")]
    [InlineData("\"otherShops\": 1e2", "/otherShops")]
    [InlineData("\"otherShops\": \"0\"", "/otherShops")]
    [InlineData("\"cafeSituation\": 0", "/cafeSituation")]
    [InlineData("\"cafeSituation\": \"None\"", "/cafeSituation")]
    [InlineData("\"cafeSituation\": \"none,open\"", "/cafeSituation")]
    [InlineData("\"otherShops\": 0, \"otherShops\": 1", "/otherShops")]
    [InlineData("\"a.b\": 1", "/a.b")]
    [InlineData("\"a/b~c\": 1", "/a~1b~0c")]
    [InlineData("\"contact\": []", "/contact")]
    [InlineData("\"InseeCode\": \"80001\"", "/InseeCode")]
    public async Task A_hostile_value_is_refused_with_its_field(string member, string pointer)
    {
        var problem = await RefusedAsync(() => Administrator.PostAsync(Candidatures, Json($"{{{member}}}")), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(pointer, Pointers(problem).First());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_body_that_is_no_object_is_refused_as_such(string body)
    {
        var problem = await RefusedAsync(() => Administrator.PostAsync(Candidatures, Json(body)), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal([""], Pointers(problem));
    }

    [Fact]
    public async Task An_act_that_asks_for_nothing_refuses_fields_of_its_body()
    {
        var id = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        var problem = await RefusedAsync(() => Administrator.ActAsync(id, "acceptance", new() { ["reason"] = "Beau projet" }), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/reason"], Pointers(problem));
        await host.TrackAsync(() => Administrator.DoneAsync(id, "acceptance", []));
    }

    [Fact]
    public async Task Json_that_is_too_deep_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"premises\":", 40)) + "1" + new string('}', 40);
        await RefusedAsync(() => Administrator.PostAsync(Candidatures, Json(deep)), HttpStatusCode.BadRequest, "request.malformed");
        var unknown = "{\"x\":" + new string('[', 40) + new string(']', 40) + "}";
        await RefusedAsync(() => Administrator.PostAsync(Candidatures, Json(unknown)), HttpStatusCode.BadRequest, "request.malformed");
    }

    [Theory]
    [InlineData("?inseeCode=%00", "/inseeCode")]
    [InlineData("?departement=1%002", "/departement")]
    [InlineData("?limit=5&limit=6", "/limit")]
    [InlineData("?status=accepted&status=declined", "/status")]
    [InlineData("?status=0", "/status")]
    [InlineData("?inseeCode=80999", "/inseeCode")]
    [InlineData("?departement=99", "/departement")]
    [InlineData("?departement=", "/departement")]
    [InlineData("?inseeCode", "/inseeCode")]
    [InlineData("?updatedSince=2023-04-17", "/updatedSince")]
    [InlineData("?updatedSince=2023-04-17T08:30:00", "/updatedSince")]
    [InlineData("?updatedSince=2023-04-17T08:30:00+02:00", "/updatedSince")]
    [InlineData("?updatedSince=17/04/2023", "/updatedSince")]
    [InlineData("?updatedSince=2023-13-17T08:30:00Z", "/updatedSince")]
    public async Task A_hostile_query_is_refused_with_its_parameter(string query, string pointer)
    {
        var problem = await RefusedAsync(() => Administrator.GetAsync(Candidatures + query), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal([pointer], Pointers(problem));
    }

    [Theory]
    [InlineData("?sender=x", "/sender")]
    [InlineData("?token=x", "/token")]
    [InlineData("?query=x", "/query")]
    public async Task The_names_of_the_code_are_no_parameters(string query, string pointer)
    {
        var problem = await RefusedAsync(() => Administrator.GetAsync(Candidatures + query), HttpStatusCode.BadRequest, "request.unknown_parameter");
        Assert.Equal([pointer], Pointers(problem));
    }

    [Fact]
    public async Task An_id_in_the_route_is_no_query_parameter()
    {
        var id = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        await RefusedAsync(() => Administrator.GetAsync($"{Candidatures}/{id}?id={id}"), HttpStatusCode.BadRequest, "request.unknown_parameter");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_two_mebibytes_is_refused(bool lengthTold)
    {
        var letter = Letter(host.NextInseeCode());
        letter["premises"]!["description"] = new string('a', 2 * 1024 * 1024);
        var body = Encoding.UTF8.GetBytes(letter.ToJsonString());
        await RefusedAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, Candidatures)
                {
                    Content = lengthTold ? new ByteArrayContent(body) : new StreamContent(new UnseekableStream(body)),
                };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.TransferEncodingChunked = !lengthTold;
                return await Administrator.SendAsync(request);
            },
            HttpStatusCode.RequestEntityTooLarge,
            "request.body_too_large");
    }

    [Fact]
    public async Task A_request_without_a_key_is_refused()
    {
        await RefusedAsync(() => host.Anonymous.SubmitAsync(Letter(host.NextInseeCode())), HttpStatusCode.Unauthorized, "access.key_missing");
        await RefusedAsync(() => host.Anonymous.GetAsync(Candidatures), HttpStatusCode.Unauthorized, "access.key_missing");
    }

    [Theory]
    [InlineData("Bearer mck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer ")]
    [InlineData("Bearer password")]
    [InlineData("Basic bWFpcmllOm1haXJpZQ==")]
    public Task A_wrong_key_is_refused(string authorization) => RefusedAsync(
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Candidatures) { Content = JsonContent.Create(Letter(host.NextInseeCode())) };
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            return await host.Anonymous.SendAsync(request);
        },
        HttpStatusCode.Unauthorized,
        "access.key_unknown");

    [Fact]
    public async Task A_candidature_cannot_be_accepted_twice()
    {
        var id = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        await host.TrackAsync(() => Administrator.DoneAsync(id, "acceptance"));
        await RefusedAsync(() => Administrator.ActAsync(id, "acceptance"), HttpStatusCode.Conflict, "recruitment.candidature_already_accepted");
    }

    [Fact]
    public async Task A_withdrawn_candidature_cannot_be_accepted()
    {
        var id = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        await Administrator.DoneAsync(id, "withdrawal");
        await RefusedAsync(() => Administrator.ActAsync(id, "acceptance"), HttpStatusCode.Conflict, "recruitment.candidature_already_withdrawn");
    }

    [Fact]
    public async Task A_declined_candidature_cannot_be_accepted()
    {
        var id = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        await Administrator.DoneAsync(id, "refusal", new() { ["reason"] = "Le local a été vendu." });
        await RefusedAsync(() => Administrator.ActAsync(id, "acceptance"), HttpStatusCode.Conflict, "recruitment.candidature_already_declined");
    }

    [Fact]
    public async Task An_unknown_candidature_cannot_be_accepted() =>
        await RefusedAsync(() => Administrator.ActAsync(Guid.CreateVersion7(), "acceptance"), HttpStatusCode.NotFound, "recruitment.candidature_unknown");

    [Theory]
    [InlineData("?statut=accepted", "/statut")]
    [InlineData("?status=submitted&department=80", "/department")]
    public async Task An_unknown_query_parameter_is_refused_by_its_name(string query, string pointer)
    {
        var problem = await RefusedAsync(() => Administrator.GetAsync(Candidatures + query), HttpStatusCode.BadRequest, "request.unknown_parameter");
        Assert.Equal([pointer], Pointers(problem));
        await RefusedAsync(() => Administrator.PostAsJsonAsync(Candidatures + query, Letter(host.NextInseeCode())), HttpStatusCode.BadRequest, "request.unknown_parameter");
    }

    [Fact]
    public async Task A_refusal_speaks_the_language_that_the_request_prefers()
    {
        foreach (var (preferred, expected) in new[] { ("fr", "Aucune commune"), ("en-GB, fr;q=0.5", "No commune"), ("de, en;q=0.5", "No commune"), ("de", "Aucune commune") })
        {
            var problem = await RefusedAsync(
                async () =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, Candidatures) { Content = JsonContent.Create(Letter("80999")) };
                    request.Headers.TryAddWithoutValidation("Accept-Language", preferred);
                    return await Administrator.SendAsync(request);
                },
                HttpStatusCode.UnprocessableEntity,
                "recruitment.commune_unknown");
            Assert.StartsWith(expected, problem["detail"].Text(), StringComparison.Ordinal);
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));

    private static IEnumerable<string> Pointers(JsonNode problem) => problem["errors"]!.AsArray().Select(error => error!["pointer"].Text());

    /// <summary>Asks, and finds a problem document with this code, no message sent, and every table as it was.</summary>
    private async Task<JsonNode> RefusedAsync(Func<Task<HttpResponseMessage>> ask, HttpStatusCode status, string code)
    {
        JsonNode? problem = null;
        // A delivery that another test has left behind may fall due just then
        await Eventually.True(DidNothingAsync, TimeSpan.FromSeconds(30), "a refused request that does nothing");

        Assert.Equal(code, problem!["code"].Text());
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["title"].Text());
        Assert.NotEmpty(problem["detail"].Text());
        Assert.NotEmpty(problem["traceId"].Text());
        using var page = await host.Anonymous.GetAsync(new Uri(problem["type"].Text(), UriKind.RelativeOrAbsolute));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return problem;

        async Task<bool> DidNothingAsync()
        {
            var before = await DatabaseState.ReadAsync(host.Connection);
            var session = await host.TrackAsync(async () =>
            {
                using var answer = await ask();
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                problem = await answer.ReadAsync(status);
            });
            return session.AllRecordsInOrder().Length == 0 && (await DatabaseState.ReadAsync(host.Connection)).IsAs(before);
        }
    }

    /// <summary>A body whose length is not told beforehand.</summary>
    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
