using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>What is said of persons in recruitment is left out for whoever may not read of them, and its reading is noted.</summary>
public sealed class MarkedViewTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write"];

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task The_place_of_an_interview_is_for_those_who_read_of_persons_and_for_the_candidate()
    {
        using var reader = await AsAsync("staff");
        var interview = await RightSelection.InterviewAsync(host);
        var token = await RightSelection.TokenAsync(host, interview);

        Assert.Null((await reader.ReadAsync(interview))["slots"]![0]!["place"]);
        Assert.Equal("Mairie", (await Team.ReadAsync(interview))["slots"]![0]!["place"].Text());
        using var own = await host.Anonymous.SendAsync($"{interview}/candidate-slots", new { token });
        Assert.Equal("Mairie", (await own.ReadAsync(HttpStatusCode.OK))["slots"]![0]!["place"].Text());
    }

    [Fact]
    public async Task Wishes_and_another_s_reference_of_consent_are_for_those_who_read_of_persons_and_for_whoever_gave_it()
    {
        using var reader = await AsAsync("staff");
        using var partner = await AsAsync("partner");
        var letter = RightGerants.Letter(RightGerants.NextEmail());
        letter["wishes"] = new { departements = new[] { "12" } };
        var address = $"{Gerants}/{await partner.CreatedAsync(Gerants, letter)}";

        var (without, with, own) = (await reader.ReadAsync(address), await Team.ReadAsync(address), await partner.ReadAsync(address));
        Assert.Equal((null, null), (without["wishes"], without["consent"]!["version"]));
        Assert.Equal(("12", "CGU, article 4"), (with["wishes"]!["departements"]![0].Text(), with["consent"]!["version"].Text()));
        Assert.Equal((null, "CGU, article 4"), (own["wishes"], own["consent"]!["version"].Text()));
        var form = (await RightGerants.ConfirmedAsync(host, RightGerants.NextEmail())).Id;
        Assert.Equal("2026-12", (await reader.ReadAsync($"{Gerants}/{form}"))["consent"]!["version"].Text());
    }

    [Fact]
    public async Task The_works_that_premises_need_are_for_those_who_read_of_persons()
    {
        using var reader = await AsAsync("staff");
        var letter = Letters.Letter(host.NextInseeCode());
        letter["premises"]!["complianceWorks"] = "Voir avec Jeanne.";
        var address = $"{Letters.Candidatures}/{await Team.SubmittedAsync(letter)}";

        Assert.Null((await reader.ReadAsync(address))["premises"]!["complianceWorks"]);
        Assert.Equal("Voir avec Jeanne.", (await Team.ReadAsync(address))["premises"]!["complianceWorks"].Text());
    }

    [Fact]
    public async Task Where_a_candidate_is_filed_is_shown_to_whoever_lists_candidates_and_who_they_are_and_where_they_live_to_those_who_read_of_persons()
    {
        using var reader = await AsAsync("staff");
        var commune = host.NextInseeCode();
        var (offer, candidate) = (await Team.OfferAsync(commune), await Team.CandidateAsync(home: commune));

        var (without, with) = (await ShownAsync(reader, $"{Offers}/{offer}/best-candidates"), await ShownAsync(Team, $"{Offers}/{offer}/best-candidates"));
        var filed = await ShownAsync(reader, Gerants);

        Assert.Equal((null, null, null), (without["name"], without["communeName"], without["departement"]));
        Assert.Equal((null, with["departement"].Text()), (filed["applicant"], filed["departement"].Text()));

        async Task<JsonNode> ShownAsync(HttpClient http, string list) =>
            Assert.Single((await http.ReadAsync($"{list}?limit=200&updatedSince={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"))}"))["items"]!.AsArray(), one => one!["id"]!.GetValue<Guid>() == candidate)!;
    }

    [Fact]
    public async Task What_observers_saw_is_for_those_who_read_of_persons_and_for_each_of_them_their_own()
    {
        using var reader = await AsAsync("staff");
        using var partner = await Writer.OfAsync(host, new { name = "Observateur", kind = "partner", scopes = Scopes });
        using var other = await Writer.OfAsync(host);
        var card = await Team.CreatedAsync(Scorecards, new
        {
            candidatureId = await Team.CandidateAsync(), observers = new object[] { new { role = "partner", clientId = partner.Id }, new { role = "staff", clientId = other.Id } },
        });
        await partner.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(4));
        await other.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(2));

        var (without, with, own) = (await reader.ReadAsync($"{Scorecards}/{card}"), await Team.ReadAsync($"{Scorecards}/{card}"), await partner.Client.ReadAsync($"{Scorecards}/{card}"));
        Assert.All(without["observers"]!.AsArray(), one => Assert.Null(one!["observations"]));
        Assert.Equal((null, null, 2), (without["behaviours"]![0]!["lowest"], without["behaviours"]![0]!["highest"], without["behaviours"]![0]!["observers"]!.GetValue<int>()));
        Assert.All(with["observers"]!.AsArray(), one => Assert.NotNull(one!["observations"]));
        Assert.Equal((2, 4), (with["behaviours"]![0]!["lowest"]!.GetValue<int>(), with["behaviours"]![0]!["highest"]!.GetValue<int>()));
        Assert.Equal([4], own["observers"]!.AsArray().Where(one => one!["observations"] is not null).Select(one => one!["observations"]![0]!["level"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_source_that_candidates_tell_is_no_group_s_name_and_no_filter_for_whoever_may_not_read_of_persons()
    {
        using var reader = await AsAsync("staff");
        var offer = await RightGerants.OfferAsync(Team, host.NextInseeCode());
        var letter = RightGerants.Letter(RightGerants.NextEmail(), offer);
        letter["source"] = "Ma voisine Jeanne D.";
        await Team.CreatedAsync(Gerants, letter);

        foreach (var path in new[] { $"{Offers}/sources?offerId={offer}", $"{Offers}/sources", $"{Gerants}/funnel?by=source" })
        {
            var (without, with) = (await reader.ReadAsync(path), await Team.ReadAsync(path));
            var lines = (without["sources"] ?? without["groups"])!.AsArray();
            Assert.DoesNotContain("jeanne", without.ToJsonString(), StringComparison.OrdinalIgnoreCase);
            Assert.Contains("others\":true", without.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(without["candidatures"]!.GetValue<long>(), lines.Sum(line => line!["candidatures"]!.GetValue<long>()));
            Assert.NotNull(with["candidatures"]);
        }

        Assert.Contains("Jeanne", (await Team.ReadAsync($"{Offers}/sources?offerId={offer}")).ToJsonString(), StringComparison.Ordinal);
        using var asked = await reader.GetAsync($"{Gerants}/funnel?source=Ma%20voisine%20Jeanne%20D.", TestContext.Current.CancellationToken);
        Assert.Equal("recruitment.personal_data_scope_needed", (await asked.ReadAsync(HttpStatusCode.Forbidden))["code"].Text());
        await reader.ReadAsync($"{Gerants}/funnel?source={Guid.CreateVersion7()}");
    }

    private async Task<HttpClient> AsAsync(string kind) => host.With((await host.AddClientAsync(new { name = "Sans données", kind, scopes = Scopes })).Key);
}
