using System.Reflection;
using MilleCafes.Scenarios.Tests.PersonalData;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>An offer ends, or opens again, at the very moment at which somebody is to hold it.</summary>
public sealed class OfferRaceTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Theory]
    [InlineData("filling", "filled")]
    [InlineData("withdrawal", "unpublished")]
    public async Task Of_a_selection_and_the_end_of_its_offer_at_once_the_later_is_refused(string end, string ended)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.AgreedAsync(offer);

        await OneOfAsync(candidate, offer, $"{Gerants}/{candidate}/selection", null, $"{Offers}/{offer}/{end}", end == "filling" ? null : new { reason = "Travaux" });

        Assert.Contains((await Team.StageAsync(candidate), await StatusAsync(offer)), new[] { ("retained", "published"), ("presented", ended) });
    }

    [Fact]
    public async Task Whoever_left_is_not_retained_again_for_an_offer_that_is_filled_at_that_moment()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.RetainedAsync(offer);
        await Team.DoneAsync($"{Gerants}/{candidate}/refusal", new { reason = "unreachable" });

        await OneOfAsync(candidate, offer, $"{Gerants}/{candidate}/correction", new { reason = "Jointe depuis" }, $"{Offers}/{offer}/filling", null);

        Assert.Contains((await Team.StageAsync(candidate), await StatusAsync(offer)), new[] { ("retained", "published"), ("declined", "filled") });
    }

    [Fact]
    public async Task An_offer_that_was_filled_before_is_not_reopened_as_its_gérant_comes_in_post()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.RetainedAsync(offer);
        await Team.DoneAsync($"{Gerants}/{candidate}/training", new { });
        // As earlier versions let an offer be filled that is reserved
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await database.ValueAsync<Guid>($"update recruitment.mt_doc_geranceoffer set data = data || jsonb_build_object('status', 'Filled', 'filledBy', '{candidate}', 'endedAt', now()) where id = '{offer}' returning id");

        await OneOfAsync(candidate, offer, $"{Gerants}/{candidate}/installation", new { startsOn = Today }, $"{Offers}/{offer}/reopening", null);

        Assert.Contains((await Team.StageAsync(candidate), await StatusAsync(offer)), new[] { ("inPost", "filled"), ("trained", "published") });
    }

    [Fact]
    public async Task An_offer_whose_last_day_is_over_ends_that_day_though_somebody_is_retained_for_it_at_that_moment()
    {
        await using var apart = await PrivateHost.StartAsync(host);
        var offer = await apart.Team.OfferAsync("12268");
        var candidate = await apart.Team.AgreedAsync(offer);
        await using var standstill = await Standstill.OfAsync(apart.Connection, ("gerantcandidature", candidate), ("geranceoffer", offer));
        var selection = apart.Team.SendAsync($"{Gerants}/{candidate}/selection");
        await standstill.WantedByAsync(1);
        var expiry = apart.Hosted("OfferExpiry");
        var ending = (Task<int>)expiry.GetType().GetMethod("ExpireAsync", BindingFlags.Public | BindingFlags.Instance)!.Invoke(expiry, [Today.AddYears(2), TestContext.Current.CancellationToken])!;
        await standstill.WantedByAsync(2);
        await standstill.EndAsync();

        Assert.Equal((HttpStatusCode.OK, 1), ((await selection).StatusCode, await ending));
        Assert.Equal("expired", (await apart.Team.ReadAsync($"{Offers}/{offer}"))["status"].Text());
    }

    [Fact]
    public async Task An_offer_that_cannot_be_ended_holds_up_none_of_those_behind_it()
    {
        await using var apart = await PrivateHost.StartAsync(host);
        var (failing, behind) = (await apart.Team.OfferAsync("12268"), await apart.Team.OfferAsync("12268"));
        await using var database = NpgsqlDataSource.Create(apart.Connection);
        await using var fault = database.CreateCommand($"""
            create function fault() returns trigger language plpgsql as $$ begin raise 'out of order'; end $$;
            create trigger fault before update on recruitment.mt_doc_geranceoffer for each row when (new.id = '{failing}') execute function fault();
            create trigger refault before insert on recruitment.mt_doc_geranceoffer for each row when (new.id = '{failing}') execute function fault()
            """);
        await fault.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var expiry = apart.Hosted("OfferExpiry");

        await (Task<int>)expiry.GetType().GetMethod("ExpireAsync", BindingFlags.Public | BindingFlags.Instance)!.Invoke(expiry, [Today.AddYears(2), TestContext.Current.CancellationToken])!;

        Assert.Equal(("published", "expired"), ((await apart.Team.ReadAsync($"{Offers}/{failing}"))["status"].Text(), (await apart.Team.ReadAsync($"{Offers}/{behind}"))["status"].Text()));
    }

    // Both have read the candidature and the offer, and neither has written
    private async Task OneOfAsync(Guid candidate, Guid offer, string one, object? oneBody, string other, object? otherBody)
    {
        await using var standstill = await Standstill.OfAsync(host, ("gerantcandidature", candidate), ("geranceoffer", offer));
        var (first, second) = (Team.SendAsync(one, oneBody), Team.SendAsync(other, otherBody));
        await standstill.WantedByAsync(2);
        await standstill.EndAsync();
        HttpResponseMessage[] answers = [await first, await second];
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var refused = Assert.Single(answers, answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.Equal("request.changed_meanwhile", (await refused.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
    }

    private async Task<string> StatusAsync(Guid offer) => (await Team.ReadAsync($"{Offers}/{offer}"))["status"].Text();
}
