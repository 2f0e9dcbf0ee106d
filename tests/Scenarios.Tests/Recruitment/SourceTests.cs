using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.OffersAndCafes;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>Where all candidatures come from.</summary>
public sealed class SourceTests(MilleCafesHost shared)
{
    [Fact]
    public async Task What_the_team_says_for_a_candidate_is_a_source_and_an_erased_candidature_still_counts()
    {
        await using var host = await shared.StartApartAsync();
        using var team = host.CreateClient(administrator: true);
        var offer = await PublishedAsync(team, shared.NextInseeCode());
        var (answering, spontaneous) = (await SentAsync(team, " Foire de Rodez ", offer), await SentAsync(team, "foire de rodez", null));
        await SentAsync(team, null, null);
        await Candidates.DoneAsync(team, $"{Candidates.Gerants}/{spontaneous}/refusal", new { reason = "unreachable" });

        foreach (var period in new[] { "", "?since=2020-01-01T00:00:00Z", "?until=2999-01-01T00:00:00Z", "?since=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z", Around(TimeSpan.FromMinutes(5)), Around(TimeSpan.FromDays(1)), Around(TimeSpan.FromDays(3)) })
        {
            var counted = await team.ReadAsync($"{Offers}/sources{period}");
            Assert.Equal(3, counted["candidatures"]!.GetValue<long>());
            Assert.Equal(["foire de rodez 2 0 1 false", " 1 0 0 false"], Lines(counted));
        }

        foreach (var period in new[] { $"?since={In(TimeSpan.FromMinutes(5))}", $"?until={In(TimeSpan.FromMinutes(-5))}", "?since=2999-01-01T00:00:00Z" })
        {
            Assert.Empty((await team.ReadAsync($"{Offers}/sources{period}"))["sources"]!.AsArray());
        }

        Assert.Equal(["Foire de Rodez 1 0 1 false"], Lines(await team.ReadAsync($"{Offers}/sources?offerId={offer}")));
        var funnel = await team.ReadAsync($"{Candidates.Gerants}/funnel?by=source");
        Assert.Equal(["foire de rodez 2", " 1"], funnel["groups"]!.AsArray().Select(group => $"{group!["source"]} {group["candidatures"]}"));

        using var asked = await team.SendAsync($"{Candidates.Gerants}/{answering}/erasure", new { howAsked = "Par courriel" });
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        await Eventually.True(async () => (await team.ReadAsync($"{Candidates.Gerants}/funnel"))["stages"]![0]!["erased"]!.GetValue<long>() == 1, TimeSpan.FromSeconds(20), "it is erased");
        Assert.Equal(3, (await team.ReadAsync($"{Offers}/sources"))["candidatures"]!.GetValue<long>());
        Assert.Equal([" 1 0 1 false"], Lines(await team.ReadAsync($"{Offers}/sources?offerId={offer}")));
    }

    private static string Around(TimeSpan span) => $"?since={In(-span)}&until={In(span)}";

    private static string In(TimeSpan span) => TimeProvider.System.GetUtcNow().Add(span).UtcDateTime.ToString("O");

    private static IEnumerable<string> Lines(JsonNode counted) => counted["sources"]!.AsArray().Select(source => $"{source!["source"]} {source["candidatures"]} {source["inPost"]} {source["offers"]} {source["others"]}");

    private static async Task<string> SentAsync(HttpClient team, string? source, string? offer)
    {
        var letter = RightGerants.Letter(RightGerants.NextEmail(), offer);
        letter["source"] = source;
        using var answer = await team.SendAsync(Candidates.Gerants, letter);
        return (await answer.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }
}
