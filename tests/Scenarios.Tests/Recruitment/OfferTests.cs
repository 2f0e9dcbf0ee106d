using System.Net.Http.Json;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.OffersAndCafes;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>An offer of gérance, from its draft to its end, and those who read it without a key.</summary>
public sealed class OfferTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_draft_is_read_by_the_team_and_by_nobody_else_until_it_is_published()
    {
        var offer = await DraftedAsync(Team, host.NextInseeCode());

        Assert.Equal("recruitment.gerance_offer_unknown", (await GetAsync(host.Anonymous, $"{Open}/{offer}", HttpStatusCode.NotFound))["code"].Text());
        var published = await DoneAsync(Team, $"{Offers}/{offer}/publication");

        var open = await host.Anonymous.ReadAsync($"{Open}/{offer}");
        Assert.Equal(("published", "entrepreneurial", 150_050), (published["status"].Text(), open["model"].Text(), open["guaranteedRemunerationCents"]!.GetValue<int>()));
        Assert.Equal(published["expiresOn"].Text(), open["expiresOn"].Text());
        Assert.NotEmpty(open["commune"]!["postcodes"]!.AsArray());
        Assert.Equal("recruitment.gerance_offer_already_published", await RefusedAsync(Team, $"{Offers}/{offer}/publication", HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task An_offer_that_lacks_something_is_not_published_and_each_lack_is_told()
    {
        var offer = await MadeAsync(Team, Offers, new() { ["inseeCode"] = host.NextInseeCode() });
        using var refused = await Team.SendAsync($"{Offers}/{offer}/publication");

        var problem = await refused.ReadAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("recruitment.gerance_offer_incomplete", problem["code"].Text());
        Assert.Equal(
            ["/title", "/model", "/housing", "/guaranteedRemunerationCents", "/startsOn", "/lookingFor"], problem["errors"]!.AsArray().Select(error => error!["pointer"].Text()));
        Assert.Equal("draft", (await Team.ReadAsync($"{Offers}/{offer}"))["status"].Text());
    }

    [Theory]
    [InlineData("withdrawal", "unpublished")]
    [InlineData("filling", "filled")]
    public async Task What_has_ended_is_gone_for_those_without_a_key_told_as_ended_and_can_be_reopened(string act, string status)
    {
        var offer = await PublishedAsync(Team, host.NextInseeCode());
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null);

        var ended = await DoneAsync(Team, $"{Offers}/{offer}/{act}", act == "withdrawal" ? new() { ["reason"] = "Travaux" } : null);

        Assert.Equal(status, ended["status"].Text());
        Assert.Equal("recruitment.gerance_offer_gone", (await GetAsync(host.Anonymous, $"{Open}/{offer}", HttpStatusCode.Gone))["code"].Text());
        Assert.Equal("recruitment.gerance_offer_gone", (await GetAsync(host.Anonymous, $"{Open}/{offer}/job-posting", HttpStatusCode.Gone))["code"].Text());
        Assert.Contains(offer, (await PagesAsync($"{Open}?updatedSince={before}")).Select(page => page["ended"]!.AsArray()).SelectMany(rows => rows.Select(row => row!["id"].Text())));
        Assert.DoesNotContain(offer, (await PagesAsync($"{Open}?limit=200")).SelectMany(page => page["items"]!.AsArray()).Select(row => row!["id"].Text()));
        Assert.Equal("recruitment.gerance_offer_expiry_passed", await RefusedAsync(Team, $"{Offers}/{offer}/reopening", HttpStatusCode.UnprocessableEntity, new() { ["expiresOn"] = "2020-01-01" }));
        Assert.Equal("published", (await DoneAsync(Team, $"{Offers}/{offer}/reopening"))["status"].Text());
        Assert.Equal(offer, (await host.Anonymous.ReadAsync($"{Open}/{offer}"))["id"].Text());
    }

    [Fact]
    public async Task Lists_are_filtered_by_each_of_their_parameters()
    {
        var code = host.NextInseeCode();
        var (draft, open) = (await DraftedAsync(Team, code), await PublishedAsync(Team, code));

        Assert.Equal([draft, open], await IdsAsync(Team, $"{Offers}?inseeCode={code}"));
        Assert.Equal([draft], await IdsAsync(Team, $"{Offers}?inseeCode={code}&status=draft&departement=80&model=entrepreneurial"));
        Assert.Equal([open], await IdsAsync(host.Anonymous, $"{Open}?inseeCode={code}&housing=true&model=entrepreneurial&departement=80"));
        Assert.Empty(await IdsAsync(host.Anonymous, $"{Open}?inseeCode={code}&housing=false"));
        Assert.Empty(await IdsAsync(host.Anonymous, $"{Open}?inseeCode={code}&model=itinerant"));
        Assert.Equal("request.malformed", (await GetAsync(host.Anonymous, $"{Open}?departement=999", HttpStatusCode.BadRequest))["code"].Text());
        Assert.Equal("request.unknown_parameter", (await GetAsync(host.Anonymous, $"{Open}?dept=80", HttpStatusCode.BadRequest))["code"].Text());
    }

    [Fact]
    public async Task A_commune_and_an_offer_that_there_are_not_are_refused()
    {
        Assert.Equal("recruitment.offer_commune_unknown", await RefusedAsync(Team, Offers, HttpStatusCode.UnprocessableEntity, Offer("10999")));
        Assert.Equal("recruitment.gerance_offer_unknown", await RefusedAsync(Team, $"{Offers}/{Guid.CreateVersion7()}/publication", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Each_change_of_an_offer_is_told_to_others_once()
    {
        var (offer, since) = (await DraftedAsync(Team, host.NextInseeCode()), TimeProvider.System.GetUtcNow());

        var published = await host.TrackAsync(() => DoneAsync(Team, $"{Offers}/{offer}/publication"));
        var ended = await host.TrackAsync(() => DoneAsync(Team, $"{Offers}/{offer}/withdrawal", new() { ["reason"] = "Travaux" }));
        var filled = await host.TrackAsync(() => DoneAsync(Team, $"{Offers}/{offer}/filling"));

        Assert.Equal(offer, $"{Assert.Single(published.Sent.MessagesOf<GeranceOfferPublished>().Distinct()).OfferId}");
        Assert.Equal(offer, $"{Assert.Single(ended.Sent.MessagesOf<GeranceOfferUnpublished>().Distinct()).OfferId}");
        Assert.Equal(offer, $"{Assert.Single(filled.Sent.MessagesOf<GeranceOfferFilled>().Distinct()).OfferId}");
        var types = (await Team.ReadAsync($"/v1/webhooks/events?type=recruitment.gerance-offer.*&limit=200&updatedSince={since.UtcDateTime:O}"))["items"]!.AsArray().Select(item => item!["body"]!)
            .Where(body => body["data"]!["offerId"].Text() == offer).Select(body => body["type"].Text());
        Assert.Equal(["recruitment.gerance-offer.filled", "recruitment.gerance-offer.published", "recruitment.gerance-offer.unpublished"], types.Order());
    }

    [Fact]
    public async Task A_published_offer_that_says_something_else_is_told_to_others_and_one_that_does_not_is_not()
    {
        var (offer, code) = ("", host.NextInseeCode());
        var facts = Offer(code);
        facts.Remove("inseeCode");
        var drafted = await host.TrackAsync(async () =>
        {
            offer = await DraftedAsync(Team, code);
            await PutAsync("Premier titre");
        });
        await DoneAsync(Team, $"{Offers}/{offer}/publication");
        var changed = await host.TrackAsync(() => PutAsync("Second titre"));
        var same = await host.TrackAsync(() => PutAsync("Second titre"));

        Assert.Empty(drafted.Sent.MessagesOf<GeranceOfferChanged>());
        Assert.Empty(same.Sent.MessagesOf<GeranceOfferChanged>());
        var one = Assert.Single(changed.Sent.MessagesOf<GeranceOfferChanged>().Distinct());
        Assert.Equal((offer, "Second titre"), ($"{one.OfferId}", one.Title));
        var news = Assert.Single(
            (await Team.ReadAsync("/v1/webhooks/events?type=recruitment.gerance-offer.changed&limit=200"))["items"]!.AsArray(), item => item!["body"]!["data"]!["offerId"].Text() == offer)!;
        Assert.Equal("Second titre", news["body"]!["data"]!["title"].Text());

        async Task PutAsync(string title)
        {
            facts["title"] = title;
            using var answer = await Team.PutAsJsonAsync($"{Offers}/{offer}", facts, TestContext.Current.CancellationToken);
            await answer.ReadAsync(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_draft_that_comes_to_nothing_is_laid_aside_without_a_word_to_others_and_taken_up_again_as_a_draft()
    {
        var offer = await DraftedAsync(Team, host.NextInseeCode());

        var told = await host.TrackAsync(() => DoneAsync(Team, $"{Offers}/{offer}/withdrawal", new() { ["reason"] = "Le café ferme" }));

        Assert.Empty(told.Sent.MessagesOf<GeranceOfferUnpublished>());
        Assert.Equal("unpublished", (await Team.ReadAsync($"{Offers}/{offer}"))["status"].Text());
        Assert.Equal("recruitment.gerance_offer_unknown", (await GetAsync(host.Anonymous, $"{Open}/{offer}", HttpStatusCode.NotFound))["code"].Text());
        Assert.DoesNotContain(offer, (await PagesAsync($"{Open}?updatedSince=2020-01-01T00:00:00Z&limit=200")).SelectMany(page => page["ended"]!.AsArray()).Select(row => row!["id"].Text()));
        var reopened = await host.TrackAsync(() => DoneAsync(Team, $"{Offers}/{offer}/reopening"));
        Assert.Empty(reopened.Sent.MessagesOf<GeranceOfferPublished>());
        Assert.Equal("draft", (await Team.ReadAsync($"{Offers}/{offer}"))["status"].Text());
        await DoneAsync(Team, $"{Offers}/{offer}/publication");
    }

    [Fact]
    public async Task A_café_whose_gérant_leaves_gets_one_draft_however_often_it_is_told()
    {
        var vacated = new GeranceVacated(Guid.CreateVersion7(), host.NextInseeCode(), "Cottance", "80", TimeProvider.System.GetUtcNow(), "left");

        await host.TrackAsync(() => host.PublishAsync(vacated));
        await host.TrackAsync(() => host.PublishAsync(vacated));

        var draft = Assert.Single((await Team.ReadAsync($"{Offers}?cafeId={vacated.CafeId}"))["items"]!.AsArray())!;
        Assert.Equal(("draft", "Gérance du café de Cottance", vacated.InseeCode), (draft["status"].Text(), draft["title"].Text(), draft["commune"]!["inseeCode"].Text()));
        Assert.DoesNotContain("title", draft["missing"]!.AsArray().Select(missing => missing.Text()));
        await host.TrackAsync(() => host.PublishAsync(vacated with { VacatedAt = vacated.VacatedAt.AddYears(1) }));
        Assert.Equal(2, (await Team.ReadAsync($"{Offers}?cafeId={vacated.CafeId}"))["items"]!.AsArray().Count);
    }

    private async Task<List<JsonNode>> PagesAsync(string address)
    {
        var pages = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            pages.Add(await host.Anonymous.ReadAsync(address + next));
            next = pages[^1]["next"] is { } cursor ? $"&after={cursor.Text()}" : null;
        }

        return pages;
    }

    private static async Task<IEnumerable<string>> IdsAsync(HttpClient http, string address) => (await http.ReadAsync(address))["items"]!.AsArray().Select(item => item!["id"].Text());

    private static async Task<JsonNode> GetAsync(HttpClient http, string address, HttpStatusCode status)
    {
        using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
        return await answer.ReadAsync(status);
    }
}
