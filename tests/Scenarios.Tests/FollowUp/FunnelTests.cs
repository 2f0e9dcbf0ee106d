using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.FollowUp;

/// <summary>How far candidatures come, counted by HTTP.</summary>
public sealed class FunnelTests(MilleCafesHost host)
{
    private const string Funnel = Candidates.Gerants + "/funnel";

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_correction_a_refusal_a_withdrawal_and_a_merge_are_counted_once_each()
    {
        var source = Source();
        var partner = await host.AddClientAsync(new { name = source, kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } });
        using var http = host.With(partner.Key);
        async Task<Guid> CandidateAsync(bool studied = true)
        {
            var id = await http.CandidateAsync(studied: false);
            await (studied ? Team.DoneAsync($"{Candidates.Gerants}/{id}/study") : Task.CompletedTask);
            return id;
        }

        await CandidateAsync(studied: false);
        await CandidateAsync();
        var corrected = await CandidateAsync();
        await Team.DoneAsync($"{Candidates.Gerants}/{corrected}/correction", new { reason = "Trop vite." });
        var declined = await CandidateAsync();
        await Team.DoneAsync($"{Candidates.Gerants}/{declined}/refusal", new { reason = "anotherProject" });
        var back = await CandidateAsync();
        await Team.DoneAsync($"{Candidates.Gerants}/{back}/refusal", new { reason = "unreachable" });
        await Team.DoneAsync($"{Candidates.Gerants}/{back}/correction", new { reason = "A rappelé." });
        var withdrawn = await CandidateAsync(studied: false);
        await Team.DoneAsync($"{Candidates.Gerants}/{withdrawn}/withdrawal", new { reason = "A trouvé ailleurs." });
        var (ending, staying) = (await CandidateAsync(), await CandidateAsync());
        await Team.DoneAsync($"{Candidates.Gerants}/{ending}/merge", new { into = staying, reason = "Même personne." });

        var funnel = await Team.ReadAsync($"{Funnel}?source={partner.Id}");
        Assert.Equal(7, funnel["candidatures"]!.GetValue<long>());
        Assert.Equal(
            ["received 7 2 4 0 1 0", "studied 4 3 0 1 0 0", "interview 0 0 0 0 0 0", "immersion 0 0 0 0 0 0", "presented 0 0 0 0 0 0", "retained 0 0 0 0 0 0", "trained 0 0 0 0 0 0", "inPost 0 0 0 0 0 0"],
            funnel["stages"]!.AsArray().Select(stage => string.Join(' ', new[] { "stage", "reached", "now", "wentOn", "declined", "withdrawn", "erased" }.Select(name => $"{stage![name]}"))));
        var (received, studied, interview) = (funnel["stages"]![0]!, funnel["stages"]![1]!, funnel["stages"]![2]!);
        Assert.Equal((0.8, 0.0), (received["goesOn"]!.GetValue<double>(), received["medianDays"]!.GetValue<double>()));
        Assert.Equal("""[{"reason":"anotherProject","count":1}]""", studied["declines"]!.ToJsonString());
        Assert.Null(interview["goesOn"]);
        Assert.Null(interview["medianDays"]);
        Assert.Empty(funnel["groups"]!.AsArray());
    }

    [Fact]
    public async Task Filters_and_groups_are_those_of_the_candidature()
    {
        var (client, key) = await host.AddClientAsync(new { name = Source(), kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } });
        using var http = host.With(key);
        await http.CandidateAsync(studied: false);
        var today = Candidates.Today;
        foreach (var (filter, counted) in new[]
        {
            ("", true), ("&antenne=southWest", true), ("&antenne=northEast", false), ("&departement=12", true), ("&departement=15", false), ($"&from={today.AddDays(-1):O}&until={today.AddDays(1):O}", true),
            ($"&from={today.AddDays(2):O}", false), ($"&until={today.AddDays(-2):O}", false), ("&until=9999-12-31", true), ("&from=0001-01-01", true),
        })
        {
            Assert.True(counted == (await Team.ReadAsync($"{Funnel}?source={client}{filter}"))["candidatures"]!.GetValue<long>() > 0, filter);
        }

        var months = await Team.ReadAsync($"{Funnel}?source={client}&by=month");
        Assert.Equal($"{today:yyyy-MM}-01", months["groups"]!.AsArray()[^1]!["month"].Text());
        var antennes = await Team.ReadAsync($"{Funnel}?by=antenne");
        var sources = await Team.ReadAsync($"{Funnel}?by=source");
        foreach (var grouped in new[] { months, antennes, sources })
        {
            Assert.Equal(grouped["candidatures"]!.GetValue<long>(), grouped["groups"]!.AsArray().Sum(group => group!["candidatures"]!.GetValue<long>()));
        }

        Assert.Contains(antennes["groups"]!.AsArray(), group => group!["antenne"]?.Text() == "southWest");
        Assert.Contains(sources["groups"]!.AsArray(), group => group!["sourceClientId"] is not null);
    }

    [Theory]
    [InlineData("from=2026-05-02&until=2026-05-01", "/until")]
    [InlineData("from=hier", "/from")]
    [InlineData("by=weather", "/by")]
    [InlineData("antenne=atlantis", "/antenne")]
    [InlineData("departement=999", "/departement")]
    public async Task What_is_no_filter_is_refused(string query, string pointer)
    {
        using var answer = await Team.GetAsync($"{Funnel}?{query}", TestContext.Current.CancellationToken);
        Assert.Equal(pointer, (await answer.ReadAsync(HttpStatusCode.BadRequest))["errors"]![0]!["pointer"].Text());
    }

    [Fact]
    public async Task It_is_the_team_s_alone()
    {
        var (_, key) = await host.AddClientAsync(new { name = "Fondation", kind = "partner", scopes = new[] { "recruitment:read" } });
        using var http = host.With(key);
        foreach (var path in new[] { Funnel, "/v1/recruitment/waiting" })
        {
            using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private static string Source() => $"source {Guid.CreateVersion7():N}";
}
