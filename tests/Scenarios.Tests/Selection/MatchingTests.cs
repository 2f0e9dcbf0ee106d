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
        var listed = await RankedAsync($"{Offers}/{offer}/best-candidates?limit=3");

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
        var (unconfirmed, confirmed) = (await RightGerants.SubmittedAsync(host, RightGerants.NextEmail()), await RightGerants.ConfirmedAsync(host, RightGerants.NextEmail()));

        var listed = (await RankedAsync($"{Offers}/{offer}/best-candidates?limit=200")).Select(one => one["id"]!.GetValue<Guid>()).ToList();
        Assert.Contains(Guid.Parse(confirmed.Id), listed);
        Assert.DoesNotContain(Guid.Parse(unconfirmed.Id), listed);
        Assert.DoesNotContain(presented, listed);
        Assert.DoesNotContain(declined, listed);
    }

    [Fact]
    public async Task Of_the_départements_of_one_antenne_none_comes_first_but_the_oldest_candidate_and_the_oldest_offer()
    {
        var commune = host.NextInseeCode();
        var offer = await Team.OfferAsync(commune);
        // Oise, Aisne, Pas-de-Calais, Aisne: the code of a département is no reason
        List<Guid> made = [];
        foreach (var home in new[] { "60002", "02001", "62001", "02002" })
        {
            made.Add(await Team.CandidateAsync(home: home));
        }

        foreach (var limit in new[] { 1, 2, 200 })
        {
            var listed = await RankedAsync($"{Offers}/{offer}/best-candidates?limit={limit}");
            Assert.Equal(made, listed.Select(one => one["id"]!.GetValue<Guid>()).Where(made.Contains));
            var ids = listed.Where(one => one["closeness"].Text() == "sameAntenne").Select(one => one["id"]!.GetValue<Guid>()).ToList();
            Assert.Equal(ids.Order(), ids);
        }

        List<Guid> offers = [await Team.OfferAsync("60002"), await Team.OfferAsync("02001"), await Team.OfferAsync("62001")];
        var candidate = await Team.CandidateAsync(home: commune);
        Assert.Equal(offers, (await RankedAsync($"{Gerants}/{candidate}/best-offers?limit=2")).Select(one => one["id"]!.GetValue<Guid>()).Where(offers.Contains));
    }

    [Fact]
    public async Task The_next_page_of_a_ranking_goes_on_where_the_last_one_ended_whatever_becomes_of_its_last_candidate()
    {
        var commune = host.NextInseeCode();
        var offer = await Team.OfferAsync(commune);
        var (first, second, third) = (await Team.CandidateAsync(home: commune), await Team.CandidateAsync(home: commune), await Team.CandidateAsync(home: commune));
        var page = await Team.ReadAsync($"{Offers}/{offer}/best-candidates?limit=1");
        Assert.Equal(first, page["items"]![0]!["id"]!.GetValue<Guid>());

        await host.TrackAsync(async () => Assert.Equal(HttpStatusCode.NoContent, (await Team.SendAsync($"{Gerants}/{first}/erasure", new { howAsked = "Par courriel." })).StatusCode));
        page = await NextAsync(page);
        Assert.Equal(second, page["items"]![0]!["id"]!.GetValue<Guid>());

        var applicant = RightGerants.Applicant(RightGerants.NextEmail());
        applicant["inseeCode"] = "12268";
        await Team.DoneAsync($"{Gerants}/{second}/rectification", new { applicant, reason = "A déménagé." });
        Assert.Equal(third, (await NextAsync(page))["items"]![0]!["id"]!.GetValue<Guid>());

        Task<JsonNode> NextAsync(JsonNode page) => Team.ReadAsync($"{Offers}/{offer}/best-candidates?limit=1&after={page["next"].Text()}");
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

    [Fact]
    public async Task Of_the_offers_for_a_candidate_those_past_their_last_day_are_left_out_and_those_reserved_for_another_say_so()
    {
        var commune = host.NextInseeCode();
        var (over, reserved, open) = (await Team.OfferAsync(commune), await Team.OfferAsync(commune), await Team.OfferAsync(commune));
        await host.PassLastDayAsync(over);
        var retained = await Team.RetainedAsync(reserved);
        var candidate = await Team.CandidateAsync(home: commune);

        var listed = (await Team.ReadAsync($"{Gerants}/{candidate}/best-offers?limit=200"))["items"]!.AsArray();

        Assert.DoesNotContain(over, listed.Select(one => one!["id"]!.GetValue<Guid>()));
        Assert.Equal(["sameCommune"], ReasonsOf(open));
        Assert.Equal(["sameCommune", "reserved"], ReasonsOf(reserved));
        var own = (await Team.ReadAsync($"{Gerants}/{retained}/best-offers?limit=200"))["items"]!.AsArray().Single(one => one!["id"]!.GetValue<Guid>() == reserved)!;
        Assert.DoesNotContain("reserved", own["reasons"]!.AsArray().Select(reason => reason!["reason"].Text()));

        IEnumerable<string> ReasonsOf(Guid offer) => listed.Single(one => one!["id"]!.GetValue<Guid>() == offer)!["reasons"]!.AsArray().Select(reason => reason!["reason"].Text());
    }

    private async Task<List<JsonNode>> RankedAsync(string path)
    {
        var (listed, next) = (new List<JsonNode>(), "");
        while (next is not null)
        {
            var page = await Team.ReadAsync(path + next);
            listed.AddRange(page["items"]!.AsArray()!);
            next = (string?)page["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        return listed;
    }
}
