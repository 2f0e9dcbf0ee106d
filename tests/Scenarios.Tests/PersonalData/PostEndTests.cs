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
