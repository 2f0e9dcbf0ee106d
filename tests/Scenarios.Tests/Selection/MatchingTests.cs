using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Local candidates first, and the reasons why.</summary>
public sealed class MatchingTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task Candidates_for_an_offer_come_by_commune_then_département_then_antenne_page_by_page()
    {
        var commune = host.NextInseeCode();
        var offer = await Team.OfferAsync(commune);
        // Made in another order than they have to come: elsewhere, of the antenne, of the département, of the commune
        var made = new Dictionary<Guid, string>();
        foreach (var (home, closeness) in new[] { ("12268", "elsewhere"), ("02001", "sameAntenne"), (host.NextInseeCode(), "sameDepartement"), (commune, "sameCommune") })
        {
            made[await Team.CandidateAsync(home: home)] = closeness;
        }

        var applied = await Team.CandidateAsync(offer, home: commune);
        var (listed, next) = (new List<JsonNode>(), "");
        while (next is not null)
        {
            var page = await Team.ReadAsync($"{Offers}/{offer}/best-candidates?limit=3{next}");
            listed.AddRange(page["items"]!.AsArray()!);
            next = (string?)page["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        Assert.Equal(listed.Count, listed.Select(one => one["id"].Text()).Distinct().Count());
        var order = new[] { "sameCommune", "sameDepartement", "sameAntenne", "elsewhere" };
        Assert.Equal(listed.Select(one => Array.IndexOf(order, one["closeness"].Text())).Order(), listed.Select(one => Array.IndexOf(order, one["closeness"].Text())));
        Assert.All(made, one => Assert.Equal(one.Value, listed.Single(item => item["id"]!.GetValue<Guid>() == one.Key)["closeness"].Text()));
        Assert.Equal(
            ["sameCommune", "answersThisOffer"],
            listed.Single(item => item["id"]!.GetValue<Guid>() == applied)["reasons"]!.AsArray().Select(reason => reason!["reason"].Text()));
        Assert.DoesNotContain("Dix ans de bar", string.Concat(listed.Select(one => one.ToJsonString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_presented_declined_or_not_confirmed_is_no_candidate_for_another_offer()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (presented, _) = await Team.PresentedAsync(offer);
        var declined = await Team.CandidateAsync();
        await Team.DoneAsync($"{Gerants}/{declined}/refusal", new { reason = "unreachable" });

        var listed = (await Team.ReadAsync($"{Offers}/{offer}/best-candidates?limit=200"))["items"]!.AsArray().Select(one => one!["id"]!.GetValue<Guid>()).ToList();
        Assert.DoesNotContain(presented, listed);
        Assert.DoesNotContain(declined, listed);
    }

    [Fact]
    public async Task Offers_for_a_candidate_come_nearest_first_with_their_reasons_in_both_languages()
    {
        var commune = host.NextInseeCode();
        var (far, near) = (await Team.OfferAsync("12268"), await Team.OfferAsync(commune));
        var candidate = await Team.CandidateAsync(home: commune);

        var listed = (await Team.ReadAsync($"{Gerants}/{candidate}/best-offers?limit=200"))["items"]!.AsArray();
        Assert.Equal((near, "sameCommune"), (listed[0]!["id"]!.GetValue<Guid>(), listed[0]!["closeness"].Text()));
        Assert.Equal("elsewhere", listed.Single(one => one!["id"]!.GetValue<Guid>() == far)!["closeness"].Text());
        Assert.Equal("Habite la commune du café", listed[0]!["reasons"]![0]!["text"].Text());
        var english = (await Team.ReadAsync($"{Gerants}/{candidate}/best-offers?limit=1", "en"))["items"]![0]!;
        Assert.Equal("Lives in the commune of the café", english["reasons"]![0]!["text"].Text());
    }
}
