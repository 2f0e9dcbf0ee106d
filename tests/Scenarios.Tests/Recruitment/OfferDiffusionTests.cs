using Npgsql;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.OffersAndCafes;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>Who passes an offer on, where, and what comes of it.</summary>
public sealed class OfferDiffusionTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write"];

    [Fact]
    public async Task A_partner_notes_its_own_diffusions_and_sees_no_others()
    {
        var (client, key) = await host.AddClientAsync(new { name = "Emplois ruraux", kind = "partner", scopes = Scopes });
        using var partner = host.With(key);
        var offer = await PublishedAsync(host.Administrator, host.NextInseeCode());
        var (own, others) = (await NotedAsync(partner, offer, null), await NotedAsync(host.Administrator, offer));

        var published = await DoneAsync(partner, $"{Diffusions}/{own}/publication", new() { ["url"] = "https://emplois.example/1" });
        var ended = await DoneAsync(partner, $"{Diffusions}/{own}/withdrawal");

        Assert.Equal(($"{client}", "https://emplois.example/1"), (published["clientId"].Text(), published["url"].Text()));
        Assert.Equal(["given", "published", "withdrawn"], ended["history"]!.AsArray().Select(done => done!["act"].Text()));
        Assert.Equal([own], await IdsAsync(partner, ""));
        Assert.Equal([own, others], await IdsAsync(host.Administrator, $"?offerId={offer}"));
        Assert.Equal([others], await IdsAsync(host.Administrator, $"?offerId={offer}&open=true"));
        Assert.Equal([own], await IdsAsync(host.Administrator, $"?clientId={client}&open=false"));
        Assert.Equal("recruitment.offer_diffusion_unknown", await RefusedAsync(partner, $"{Diffusions}/{others}/withdrawal", HttpStatusCode.NotFound));
        Assert.Equal("recruitment.offer_diffusion_already_withdrawn", await RefusedAsync(partner, $"{Diffusions}/{own}/withdrawal", HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var (client, key) = await host.AddClientAsync(new { name = "Emplois ruraux", kind = "partner", scopes = Scopes });
        using var partner = host.With(key);
        var (draft, offer) = (await DraftedAsync(host.Administrator, host.NextInseeCode()), await PublishedAsync(host.Administrator, host.NextInseeCode()));

        Assert.Equal("recruitment.diffusion_offer_not_open", await RefusedAsync(partner, Diffusions, HttpStatusCode.UnprocessableEntity, new() { ["offerId"] = draft }));
        Assert.Equal("recruitment.diffusion_offer_not_open", await RefusedAsync(host.Administrator, Diffusions, HttpStatusCode.UnprocessableEntity, new() { ["offerId"] = draft, ["clientId"] = $"{client}" }));
        Assert.Equal("access.not_yours", await RefusedAsync(partner, Diffusions, HttpStatusCode.Forbidden, new() { ["offerId"] = offer, ["clientId"] = $"{Guid.CreateVersion7()}" }));
        Assert.Equal("request.malformed", await RefusedAsync(host.Administrator, Diffusions, HttpStatusCode.BadRequest, new() { ["offerId"] = offer }));
        Assert.Equal("request.malformed", await RefusedAsync(partner, Diffusions, HttpStatusCode.BadRequest, new() { ["offerId"] = offer, ["url"] = "javascript:alert(1)" }));
        Assert.Equal("request.malformed", await RefusedAsync(partner, Diffusions, HttpStatusCode.BadRequest, new() { ["offerId"] = offer, ["publishedAt"] = "2999-01-01T00:00:00Z" }));
        await NotedAsync(partner, offer);
        Assert.Equal("recruitment.offer_diffusion_already_noted", await RefusedAsync(partner, Diffusions, HttpStatusCode.Conflict, new() { ["offerId"] = offer, ["url"] = "https://emplois.example/1" }));
    }

    [Fact]
    public async Task Candidatures_are_counted_by_source_however_its_name_is_written_and_by_the_partner_whose_key_said_it()
    {
        var offer = await PublishedAsync(host.Administrator, host.NextInseeCode());
        var partner = Guid.CreateVersion7();
        var confirmed = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O");
        foreach (var (name, client, stage, at) in new (string?, Guid?, string, string?)[]
        {
            ("Radio locale", null, "Received", confirmed), (" radio LOCALE", null, "InPost", confirmed), ("Radio locale", null, "Received", null),
            ("Emplois ruraux", partner, "Studied", confirmed), (null, null, "Received", confirmed),
        })
        {
            await AddCandidatureAsync(offer, name, client, stage, at);
        }

        var counted = await host.Administrator.ReadAsync($"{Offers}/sources?offerId={offer}");

        Assert.Equal(4, counted["candidatures"]!.GetValue<int>());
        var sources = counted["sources"]!.AsArray();
        Assert.Equal((3, 2, 1), (sources.Count, sources[0]!["candidatures"]!.GetValue<int>(), sources[0]!["inPost"]!.GetValue<int>()));
        Assert.Single(sources, source => (string?)source!["clientId"] == $"{partner}" && source["source"].Text() == "Emplois ruraux");
        Assert.Single(sources, source => source!["source"] is null && source["clientId"] is null);
        Assert.Equal(0, (await host.Administrator.ReadAsync($"{Offers}/sources?offerId={offer}&since=2999-01-01T00:00:00Z"))["candidatures"]!.GetValue<int>());
        using var unknown = await host.Administrator.GetAsync($"{Offers}/sources?offerId={Guid.CreateVersion7()}", TestContext.Current.CancellationToken);
        Assert.Equal("recruitment.gerance_offer_unknown", (await unknown.ReadAsync(HttpStatusCode.NotFound))["code"].Text());
        using var backwards = await host.Administrator.GetAsync($"{Offers}/sources?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", TestContext.Current.CancellationToken);
        Assert.Equal("request.malformed", (await backwards.ReadAsync(HttpStatusCode.BadRequest))["code"].Text());
    }

    // As the candidature of a gérant is stored
    private async Task AddCandidatureAsync(string offer, string? source, Guid? client, string stage, string? confirmedAt)
    {
        var id = Guid.CreateVersion7();
        var document = new JsonObject
        {
            ["id"] = $"{id}", ["revision"] = 1, ["offerId"] = offer, ["stage"] = stage, ["confirmedAt"] = confirmedAt,
            ["applicant"] = new JsonObject
            {
                ["form"] = "Person", ["name"] = "Camille Exemple", ["others"] = new JsonArray(), ["email"] = $"{id:n}@example.org", ["inseeCode"] = "12268",
                ["communeName"] = "Sénergues", ["departement"] = "12", ["motivation"] = "Faire vivre le village",
            },
            ["consent"] = new JsonObject { ["version"] = "test", ["givenAt"] = "2026-01-01T00:00:00Z" },
            ["stageSince"] = "2026-01-01T00:00:00Z", ["lastContactAt"] = "2026-01-01T00:00:00Z",
            ["stages"] = new JsonArray(new JsonObject { ["to"] = stage, ["at"] = "2026-01-01T00:00:00Z", ["correction"] = false }),
            ["source"] = new JsonObject { ["name"] = source, ["clientId"] = client is { } known ? $"{known}" : null },
        };
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand("insert into recruitment.mt_doc_gerantcandidature (id, data, mt_dotnet_type, mt_version) values ($1, $2::jsonb, 'GerantCandidature', 1)");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = document.ToJsonString() });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<IEnumerable<string>> IdsAsync(HttpClient http, string query) =>
        (await http.ReadAsync(Diffusions + query))["items"]!.AsArray().Select(item => item!["id"].Text());
}
