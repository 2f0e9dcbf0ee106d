using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Scenarios.Tests.Applying;
using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>A gérant leaves: the team or the café's follow-up tells, and what is known of them ends in time.</summary>
public sealed class PostEndTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_café_that_becomes_vacant_ends_its_gérant_s_post_once_by_its_id_or_its_commune(bool known)
    {
        var (cafe, commune) = (Guid.CreateVersion7(), host.NextInseeCode());
        var gerant = await InPostAsync(Team, commune, known ? cafe : null);
        var elsewhere = await InPostAsync(Team, host.NextInseeCode(), Guid.CreateVersion7());
        var vacated = new GeranceVacated(cafe, commune, "Cottance", "80", TimeProvider.System.GetUtcNow().AddDays(40), "left");

        await host.TrackAsync(() => host.PublishAsync(vacated));
        await host.TrackAsync(() => host.PublishAsync(vacated with { VacatedAt = vacated.VacatedAt.AddDays(1) }));

        Assert.Equal($"{Today.AddDays(40):yyyy-MM-dd}", (await PostAsync(gerant))["endedOn"].Text());
        Assert.Null((await PostAsync(elsewhere))["endedOn"]);
        Assert.Equal("postEnded", (await Team.ReadAsync($"{Gerants}/{gerant}"))["acts"]!.AsArray()[^1]!["deed"].Text());
        // They are there until then
        var offer = (await PostAsync(gerant))["offerId"].Text();
        await Team.RefusedAsync($"{Offers}/{offer}/reopening", null, HttpStatusCode.Conflict, "recruitment.gerance_offer_gerant_in_post");
    }

    [Fact]
    public async Task A_café_whose_commune_became_part_of_another_ends_its_gérant_s_post_and_gets_an_offer_under_the_commune_of_today()
    {
        var gerant = await InPostAsync(Team, "01187", null);
        var vacated = new GeranceVacated(Guid.CreateVersion7(), "01330", "Ruffieu", "01", TimeProvider.System.GetUtcNow().AddDays(40), "left");

        await host.TrackAsync(() => host.PublishAsync(vacated));

        Assert.NotNull((await PostAsync(gerant))["endedOn"]);
        var draft = Assert.Single((await Team.ReadAsync($"{Offers}?cafeId={vacated.CafeId}"))["items"]!.AsArray())!;
        Assert.Equal(("01187", "Haut Valromey", "Gérance du café de Ruffieu"), (draft["commune"]!["inseeCode"].Text(), draft["commune"]!["name"].Text(), draft["title"].Text()));
    }

    [Fact]
    public async Task The_post_of_another_café_s_gérant_in_the_commune_does_not_end()
    {
        var (known, told) = (await InPostAsync(Team, host.NextInseeCode(), null), await InPostAsync(Team, host.NextInseeCode(), null));
        // Of the first commune an offer names another café; in the second, two have no id and cannot be told apart
        var (first, second) = ((await PostAsync(known))["inseeCode"].Text(), (await PostAsync(told))["inseeCode"].Text());
        await Team.CreatedAsync(Offers, new { inseeCode = first, cafeId = Guid.CreateVersion7() });
        var neighbour = await InPostAsync(Team, second, null);

        foreach (var commune in new[] { first, second })
        {
            await host.TrackAsync(() => host.PublishAsync(new GeranceVacated(Guid.CreateVersion7(), commune, "Cottance", "80", TimeProvider.System.GetUtcNow().AddDays(40), "left")));
        }

        foreach (var gerant in new[] { known, told, neighbour })
        {
            Assert.Null((await PostAsync(gerant))["endedOn"]);
        }
    }

    [Fact]
    public async Task Who_left_the_café_long_ago_does_not_hide_its_present_gérant_whose_post_began_without_its_id()
    {
        var (cafe, other, commune) = (Guid.CreateVersion7(), Guid.CreateVersion7(), host.NextInseeCode());
        var earlier = await InPostAsync(Team, commune, cafe);
        await Team.DoneAsync($"{Gerants}/{earlier}/post-end", new { endedOn = Today });
        var neighbour = await InPostAsync(Team, commune, other);
        var present = await InPostAsync(Team, commune, null);
        var vacated = new GeranceVacated(cafe, commune, "Cottance", "80", TimeProvider.System.GetUtcNow().AddDays(40), "left");

        await host.TrackAsync(() => host.PublishAsync(vacated));

        Assert.Equal($"{Today.AddDays(40):yyyy-MM-dd}", (await PostAsync(present))["endedOn"].Text());
        Assert.Equal($"{Today:yyyy-MM-dd}", (await PostAsync(earlier))["endedOn"].Text());
        Assert.Null((await PostAsync(neighbour))["endedOn"]);
    }

    [Fact]
    public async Task A_gérant_who_has_left_is_told_and_erased_two_years_after_their_last_day()
    {
        await using var own = await PrivateHost.StartAsync(host);
        var gerant = await InPostAsync(own.Team, host.NextInseeCode(), null);
        own.Clock.Move(TimeSpan.FromDays(1_000));
        Assert.Empty((await own.Team.ReadAsync("/v1/recruitment/due-erasures"))["items"]!.AsArray());
        var lastDay = Today.AddDays(999);

        await own.Team.ActAsync($"{gerant}", "post-end", new { endedOn = lastDay }).DoneAsync();

        own.Clock.Move(TimeSpan.FromDays(700));
        Assert.Empty((await own.Team.ReadAsync("/v1/recruitment/due-erasures"))["items"]!.AsArray());
        own.Clock.Move(TimeSpan.FromDays(20));
        var due = Assert.Single((await own.Team.ReadAsync("/v1/recruitment/due-erasures"))["items"]!.AsArray())!;
        Assert.Equal(($"{gerant}", "leftPost"), (due["candidatureId"].Text(), due["rule"].Text()));
        await own.PassDayAsync();
        own.Clock.Move(TimeSpan.FromDays(15));
        await own.PassDayAsync();
        await Eventually.True(async () =>
        {
            using var answer = await own.Team.GetAsync(new Uri($"{Gerants}/{gerant}", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.NotFound;
        }, TimeSpan.FromSeconds(20), "the candidature ends");
    }

    [Fact]
    public async Task A_post_that_cannot_end_on_that_day_or_that_nobody_has_is_refused()
    {
        var gerant = await InPostAsync(Team, host.NextInseeCode(), null);
        await Team.RefusedAsync($"{Gerants}/{gerant}/post-end", new { }, HttpStatusCode.BadRequest, "request.malformed");
        await Team.RefusedAsync($"{Gerants}/{gerant}/post-end", new { endedOn = Today.AddDays(2) }, HttpStatusCode.BadRequest, "request.malformed");
        await Team.RefusedAsync($"{Gerants}/{gerant}/post-end", new { endedOn = Today.AddDays(-1) }, HttpStatusCode.UnprocessableEntity, "recruitment.gerant_post_ends_before_start");
        await Team.RefusedAsync($"{Gerants}/{await Team.CandidateAsync()}/post-end", new { endedOn = Today }, HttpStatusCode.Conflict, "recruitment.gerant_stage_not_allowed");
        Assert.Equal($"{Today:yyyy-MM-dd}", (await Team.DoneAsync($"{Gerants}/{gerant}/post-end", new { endedOn = Today }))["installation"]!["endedOn"].Text());
    }

    private async Task<JsonNode> PostAsync(Guid gerant) => (await Team.ReadAsync($"{Gerants}/{gerant}"))["installation"]!;

    // All the way, by the team
    private static async Task<Guid> InPostAsync(HttpClient team, string commune, Guid? cafe)
    {
        var (candidate, presentation) = await team.PresentedAsync(await team.OfferAsync(commune));
        await team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Le conseil l'a rencontrée.", toldBy = "phone" });
        await Eventually.True(async () => (await team.SendAsync($"{Gerants}/{candidate}/selection", new { })).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(20), "it is selected");
        await Eventually.True(async () => (await team.SendAsync($"{Gerants}/{candidate}/training", new { })).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(20), "it is trained");
        await team.DoneAsync($"{Gerants}/{candidate}/installation", new { startsOn = Today, cafeId = cafe });
        return candidate;
    }
}
