using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>Partners and mairies hear of what they know of: offers, and whom they have to forget.</summary>
public sealed class RecruitmentEventTests(MilleCafesHost host)
{
    private const string Erased = "recruitment.candidate.erased";

    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write", "webhooks:manage"];

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task Whoever_sent_or_was_shown_a_candidate_is_told_to_forget_them_by_the_id_that_they_know_and_nobody_else_is()
    {
        var (commune, other) = (host.NextInseeCode(), host.NextInseeCode());
        using var partner = await HolderAsync(new { name = "Emplois ruraux", kind = "partner", scopes = Scopes });
        using var stranger = await HolderAsync(new { name = "Autre", kind = "partner", scopes = Scopes });
        using var mairie = await HolderAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = commune });
        using var neighbour = await HolderAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = other });
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        // A filter on what an erasure does not say leaves out no duty
        using var subscribed = await partner.SendAsync("/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = new[] { Erased }, filters = new { departements = new[] { "12" } } });
        var subscription = (await subscribed.ReadAsync(HttpStatusCode.Created))["id"].Text();
        var sent = await partner.CandidateAsync(studied: false);
        var (presented, _) = await Team.PresentedAsync(await Team.OfferAsync(commune));
        await Team.DoneAsync($"{Gerants}/{sent}/merge", new { into = presented, reason = "Même personne" });

        await EraseAsync(presented);

        Assert.Equal([sent], await HeardAsync(partner, sent, presented));
        Assert.Equal([presented], await HeardAsync(mairie, sent, presented));
        Assert.Empty(await HeardAsync(stranger, sent, presented));
        Assert.Empty(await HeardAsync(neighbour, sent, presented));
        Assert.Equal(new[] { sent, presented }.Order(), (await HeardAsync(Team, sent, presented)).Order());
        Assert.Contains($"{sent}", (await receiver.NextAsync(TestContext.Current.CancellationToken)).Body, StringComparison.Ordinal);
        using var ended = await partner.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Every_mairie_that_a_candidate_was_presented_to_is_told_to_forget_them()
    {
        var (first, second) = (host.NextInseeCode(), host.NextInseeCode());
        using var before = await HolderAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = first });
        using var after = await HolderAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = second });
        var (candidate, _) = await Team.PresentedAsync(await Team.OfferAsync(first));
        await host.TrackAsync(() => Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Un autre café" }));
        await Team.DoneAsync($"{Gerants}/{candidate}/offer", new { offerId = await Team.OfferAsync(second) });
        await Team.CreatedAsync(Presentations, new { candidatureId = candidate });

        await EraseAsync(candidate);

        Assert.Equal([candidate], await HeardAsync(before, candidate));
        Assert.Equal([candidate], await HeardAsync(after, candidate));
    }

    [Fact]
    public async Task Every_partner_hears_of_every_offer_which_anybody_can_read()
    {
        using var partner = await HolderAsync(new { name = "Emplois ruraux", kind = "partner", scopes = Scopes });
        var commune = host.NextInseeCode();
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        using var subscribed = await partner.SendAsync(
            "/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = new[] { "recruitment.*" }, filters = new { inseeCodes = new[] { commune } } });
        var subscription = (await subscribed.ReadAsync(HttpStatusCode.Created))["id"].Text();

        var offer = Guid.Empty;
        await host.TrackAsync(async () => offer = await Team.OfferAsync(commune));
        await host.TrackAsync(() => Team.DoneAsync($"{Offers}/{offer}/withdrawal", new { reason = "Travaux" }));

        Assert.Equal("recruitment.gerance-offer.published", (await receiver.NextAsync(TestContext.Current.CancellationToken)).Type);
        Assert.Equal("recruitment.gerance-offer.unpublished", (await receiver.NextAsync(TestContext.Current.CancellationToken)).Type);
        Assert.Equal(2, (await EventsAsync(partner, "recruitment.gerance-offer.*")).Count(data => data["offerId"].Text() == $"{offer}"));
        using var ended = await partner.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", TestContext.Current.CancellationToken);
    }

    private async Task EraseAsync(Guid candidate) => await host.TrackAsync(async () =>
    {
        using var erased = await Team.SendAsync($"{Gerants}/{candidate}/erasure", new { howAsked = "Par courriel" });
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
    });

    private async Task<HttpClient> HolderAsync(object facts) => host.With((await host.AddClientAsync(facts)).Key);

    private static async Task<IEnumerable<Guid>> HeardAsync(HttpClient http, params Guid[] of) =>
        (await EventsAsync(http, Erased)).Select(data => data["candidatureId"]!.GetValue<Guid>()).Where(of.Contains);

    private static async Task<List<JsonNode>> EventsAsync(HttpClient http, string type)
    {
        var read = new List<JsonNode>();
        for (var next = ""; next is not null;)
        {
            var page = await http.ReadAsync($"/v1/webhooks/events?type={type}&limit=200{next}");
            read.AddRange(page["items"]!.AsArray().Select(item => item!["body"]!["data"]!));
            next = page["next"] is { } cursor ? $"&after={cursor.Text()}" : null;
        }

        return read;
    }
}
