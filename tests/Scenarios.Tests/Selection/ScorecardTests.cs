using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Savoir-être, seen by several who do not see one another's.</summary>
public sealed class ScorecardTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task Nobody_the_team_and_its_audit_included_reads_what_others_observed_before_the_last_has_given_theirs()
    {
        using var staff = await Writer.OfAsync(host);
        var commune = host.NextInseeCode();
        using var mairie = await Writer.OfAsync(host, new { name = "Mairie", kind = "mairie", scopes = new[] { "recruitment:read", "recruitment:write" }, inseeCode = commune }, commune);
        var card = await Team.CreatedAsync(Scorecards, new
        {
            candidatureId = await Team.CandidateAsync(),
            observers = new object[] { new { role = "staff", clientId = staff.Id }, new { role = "mairie", clientId = mairie.Id } },
        });
        await mairie.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(4, "UNSEEN"));

        foreach (var reader in new[] { Team, staff.Client })
        {
            foreach (var path in new[] { $"{Scorecards}/{card}", $"{Scorecards}?limit=200", $"/v1/access/audit?subject={card}" })
            {
                Assert.DoesNotContain("UNSEEN", (await reader.ReadAsync(path)).ToJsonString(), StringComparison.Ordinal);
            }
        }

        Assert.Contains("UNSEEN", (await mairie.Client.ReadAsync($"{Scorecards}/{card}")).ToJsonString(), StringComparison.Ordinal);
        var revealed = await staff.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(2));
        Assert.Contains("UNSEEN", revealed.ToJsonString(), StringComparison.Ordinal);
        Assert.All(revealed["behaviours"]!.AsArray(), one => Assert.Equal((2, 4, 2), (one!["lowest"]!.GetValue<int>(), one["highest"]!.GetValue<int>(), one["observers"]!.GetValue<int>())));
        await mairie.Client.RefusedAsync($"{Scorecards}/{card}/observations", Observations(1), HttpStatusCode.Conflict, "recruitment.scorecard_revealed");
        await Team.RefusedAsync(
            $"{Scorecards}/{card}/replacement", new { observerId = revealed["observers"]![0]!["id"].Text(), role = "staff", clientId = KnownClients.Administrator, reason = "Absent" },
            HttpStatusCode.Conflict, "recruitment.scorecard_revealed");
    }

    [Fact]
    public async Task Two_who_give_theirs_at_once_are_both_heard_or_one_is_told_to_read_again()
    {
        using var first = await Writer.OfAsync(host);
        using var second = await Writer.OfAsync(host);
        var card = await Team.CreatedAsync(Scorecards, new
        {
            candidatureId = await Team.CandidateAsync(), observers = new[] { new { role = "staff", clientId = first.Id }, new { role = "staff", clientId = second.Id } },
        });

        var answers = await Task.WhenAll(new[] { first, second }.Select(one => one.Client.SendAsync($"{Scorecards}/{card}/observations", Observations(3))));
        foreach (var (writer, answer) in new[] { first, second }.Zip(answers))
        {
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                await writer.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(3));
            }
        }

        Assert.NotNull((await Team.ReadAsync($"{Scorecards}/{card}"))["revealedAt"]);
    }

    [Fact]
    public async Task A_scorecard_is_nobody_s_but_the_team_s_and_its_observers_and_a_candidature_has_one()
    {
        using var stranger = await Writer.OfAsync(host, new { name = "Partenaire", kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } });
        var candidate = await Team.CandidateAsync();
        var body = new { candidatureId = candidate, observers = new[] { new { role = "staff", clientId = await host.ColleagueAsync() } } };
        var card = await Team.CreatedAsync(Scorecards, body);

        await stranger.Client.RefusedAsync($"{Scorecards}/{card}/observations", Observations(1), HttpStatusCode.NotFound, "recruitment.scorecard_unknown");
        await Team.RefusedAsync($"{Scorecards}/{card}/observations", Observations(1), HttpStatusCode.Forbidden, "recruitment.scorecard_not_an_observer");
        await Team.RefusedAsync(Scorecards, body, HttpStatusCode.Conflict, "recruitment.scorecard_already_there");
    }

    [Fact]
    public async Task Nobody_is_refused_for_their_savoir_être_before_two_have_seen_it()
    {
        using var first = await Writer.OfAsync(host);
        using var second = await Writer.OfAsync(host);
        var candidate = await Team.CandidateAsync();
        var refusal = new { reason = "savoirEtreNotShown" };
        await Team.RefusedAsync($"{Gerants}/{candidate}/refusal", refusal, HttpStatusCode.Conflict, "recruitment.scorecard_not_revealed");
        var card = await Team.CreatedAsync(Scorecards, new { candidatureId = candidate, observers = new[] { new { role = "staff", clientId = first.Id } } });
        await first.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(1));
        await Team.RefusedAsync($"{Gerants}/{candidate}/refusal", refusal, HttpStatusCode.Conflict, "recruitment.scorecard_not_revealed");
        var waiting = (await Team.ReadAsync($"/v1/recruitment/waiting?kind=gerantCandidature&on=team&updatedSince={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddMinutes(-1).UtcDateTime.ToString("O"))}&limit=200"))["items"]!.AsArray();
        Assert.Equal("anotherObserver", Assert.Single(waiting, one => one!["id"]!.GetValue<Guid>() == card)!["for"].Text());

        await Team.DoneAsync($"{Scorecards}/{card}/observers", new { role = "staff", clientId = second.Id });
        await second.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(1));

        await Team.RefusedAsync($"{Gerants}/{await Team.CandidateAsync()}/refusal", refusal, HttpStatusCode.Conflict, "recruitment.scorecard_not_revealed");
        Assert.Equal("declined", (await Team.DoneAsync($"{Gerants}/{candidate}/refusal", refusal))["stage"].Text());
    }

    [Fact]
    public async Task Nobody_makes_a_refusal_for_savoir_être_right_by_what_they_give_after_it_was_decided()
    {
        using var first = await Writer.OfAsync(host);
        using var second = await Writer.OfAsync(host);
        var candidate = await Team.CandidateAsync();
        var card = await Team.CreatedAsync(Scorecards, new { candidatureId = candidate, observers = new[] { first.Id, second.Id }.Select(client => new { role = "staff", clientId = client }) });
        await first.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(1));
        await Team.DoneAsync($"{Gerants}/{candidate}/refusal", new { reason = "unreachable" });

        await second.Client.RefusedAsync($"{Scorecards}/{card}/observations", Observations(1), HttpStatusCode.Conflict, "recruitment.scorecard_decided");

        await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Par erreur." });
        await second.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(1));
        await Team.DoneAsync($"{Gerants}/{candidate}/refusal", new { reason = "savoirEtreNotShown" });
    }

    [Theory]
    [InlineData(0, "request.malformed")]
    [InlineData(5, "request.malformed")]
    public async Task A_level_that_is_none_is_refused(int level, string code) =>
        await Team.RefusedAsync($"{Scorecards}/{Guid.CreateVersion7()}/observations", Observations(level), HttpStatusCode.BadRequest, code);
}
