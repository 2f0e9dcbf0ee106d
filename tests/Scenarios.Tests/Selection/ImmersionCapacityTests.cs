using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>A host café has so many places, and a candidate one immersion at a time.</summary>
public sealed class ImmersionCapacityTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task Of_eight_who_race_for_the_last_place_of_a_café_one_has_it()
    {
        var cafe = await Team.HostCafeAsync(capacity: 1);
        var candidates = new List<Guid>();
        for (var each = 0; each < 8; each++)
        {
            candidates.Add(await InterviewedAsync());
        }

        var answers = await Task.WhenAll(candidates.Select(candidate => Team.BookAsync(candidate, cafe)));

        Assert.Equal(HttpStatusCode.Created, Assert.Single(answers, answer => answer.StatusCode != HttpStatusCode.Conflict).StatusCode);
        var stay = Assert.Single((await Team.ReadAsync($"{HostCafes}/{cafe}"))["stays"]!.AsArray())!;
        var kept = Assert.Single((await Team.ReadAsync($"{Immersions}?hostCafeId={cafe}"))["items"]!.AsArray())!;
        Assert.Equal(kept["id"].Text(), stay["immersionId"].Text());
        foreach (var (candidate, answer) in candidates.Zip(answers))
        {
            Assert.Equal(answer.StatusCode == HttpStatusCode.Created ? "immersion" : "interview", await Team.StageAsync(candidate));
        }
    }

    [Fact]
    public async Task Of_two_immersions_of_one_candidate_that_race_one_is_booked()
    {
        var candidate = await InterviewedAsync();
        var cafes = new[] { await Team.HostCafeAsync(), await Team.HostCafeAsync() };

        var answers = await Task.WhenAll(cafes.Select(cafe => Team.BookAsync(candidate, cafe)));

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        using var third = await Team.BookAsync(candidate, await Team.HostCafeAsync());
        Assert.Equal("recruitment.immersion_already_booked", (await third.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
    }

    [Fact]
    public async Task A_full_café_takes_nobody_before_a_place_is_given_back()
    {
        var cafe = await Team.HostCafeAsync(capacity: 1);
        using var first = await Team.BookAsync(await InterviewedAsync(), cafe, inDays: 5, days: 3);
        var (waiting, immersion) = (await InterviewedAsync(), (await first.ReadAsync(HttpStatusCode.Created))["id"].Text());
        using var overlapping = await Team.BookAsync(waiting, cafe, inDays: 7, days: 3);
        Assert.Equal("recruitment.host_cafe_full", (await overlapping.ReadAsync(HttpStatusCode.Conflict))["code"].Text());

        await Team.DoneAsync($"{Immersions}/{immersion}/cancellation", new { reason = "Le café ferme pour travaux." });
        using var later = await Team.BookAsync(waiting, cafe, inDays: 7, days: 3);
        await later.ReadAsync(HttpStatusCode.Created);
        await Team.RefusedAsync($"{HostCafes}/{cafe}/closure", new { reason = "Vendu" }, HttpStatusCode.Conflict, "recruitment.host_cafe_has_stays");
        await Team.RefusedAsync($"{Immersions}/{immersion}/host-feedback", new { text = "Bien" }, HttpStatusCode.Conflict, "recruitment.immersion_over");
    }

    [Fact]
    public async Task The_gérant_of_the_host_café_gives_its_feedback_and_sees_no_other_immersion()
    {
        var facts = new { name = "Gérante", kind = "gerant", scopes = new[] { "recruitment:read", "recruitment:write" }, cafes = new[] { Guid.CreateVersion7() } };
        using var own = await Writer.OfAsync(host, facts);
        using var other = await Writer.OfAsync(host, facts);
        var cafe = await Team.HostCafeAsync(client: own.Id);
        using var booked = await Team.BookAsync(await InterviewedAsync(), cafe, inDays: 0);
        var immersion = (await booked.ReadAsync(HttpStatusCode.Created))["id"].Text();

        await other.Client.RefusedAsync($"{Immersions}/{immersion}/host-feedback", new { text = "Bien" }, HttpStatusCode.NotFound, "recruitment.immersion_unknown");
        var heard = await own.Client.DoneAsync($"{Immersions}/{immersion}/host-feedback", new { text = "À l'aise au comptoir" });
        Assert.Equal(own.Id.ToString(), heard["hostFeedback"]!["actor"].Text());
        Assert.Empty((await other.Client.ReadAsync(Immersions))["items"]!.AsArray());
        Assert.Single((await own.Client.ReadAsync(HostCafes))["items"]!.AsArray());
    }

    [Theory]
    [InlineData(-40, 3, "/firstDay in_the_past")]
    [InlineData(5, 0, "/lastDay inclusive_between")]
    [InlineData(5, 15, "/lastDay inclusive_between")]
    public async Task Days_that_are_long_past_backwards_or_too_many_are_refused(int inDays, int days, string fault)
    {
        using var answer = await Team.BookAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), inDays, days);
        var error = Assert.Single((await answer.ReadAsync(HttpStatusCode.BadRequest))["errors"]!.AsArray())!;
        Assert.Equal(fault, $"{error["pointer"].Text()} {error["code"].Text()}");
    }

    private async Task<Guid> InterviewedAsync()
    {
        var candidate = await Team.CandidateAsync();
        await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
        return candidate;
    }
}
