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
    public async Task One_diffusion_is_not_moved_to_the_address_of_another()
    {
        var offer = await PublishedAsync(host.Administrator, host.NextInseeCode());
        await NotedAsync(host.Administrator, offer);
        var given = await NotedAsync(host.Administrator, offer, null);

        Assert.Equal(
            "recruitment.offer_diffusion_already_noted",
            await RefusedAsync(host.Administrator, $"{Diffusions}/{given}/publication", HttpStatusCode.Conflict, new() { ["url"] = "https://emplois.example/1" }));
    }

    [Fact]
    public async Task Candidatures_are_counted_by_source_however_its_name_is_written_and_by_the_partner_whose_key_said_it()
    {
        var offer = await PublishedAsync(host.Administrator, host.NextInseeCode());
        var (partner, key) = await host.AddClientAsync(new { name = "Emplois ruraux", kind = "partner", scopes = Scopes });
        using var sender = host.With(key);
        await RightGerants.ConfirmedAsync(host, RightGerants.NextEmail(), offer, "Radio locale");
        await RightGerants.SubmittedAsync(host, RightGerants.NextEmail(), offer, "Radio locale");
        await RightGerants.ConfirmedAsync(host, RightGerants.NextEmail(), offer, null);
        var (posted, _) = await RightGerants.ConfirmedAsync(host, RightGerants.NextEmail(), offer, " radio LOCALE");
        await GerantPath.BringAsync(host.Administrator, await SentAsync(sender, offer, "Emplois ruraux"), "studied");
        await GerantPath.BringAsync(host.Administrator, posted, "inPost");

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

    private static async Task<string> SentAsync(HttpClient partner, string offer, string source)
    {
        var letter = RightGerants.Letter(RightGerants.NextEmail(), offer);
        letter["source"] = source;
        using var sent = await partner.SendAsync(RightGerants.Candidatures, letter);
        return (await sent.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }

    private static async Task<IEnumerable<string>> IdsAsync(HttpClient http, string query) =>
        (await http.ReadAsync(Diffusions + query))["items"]!.AsArray().Select(item => item!["id"].Text());
}
