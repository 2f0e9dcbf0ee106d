using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>What becomes of an offer, from the candidate that it is reserved for to the gérant in post, and back.</summary>
public sealed class PostTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Theory]
    [InlineData("erasure")]
    [InlineData("merge")]
    public async Task An_offer_is_free_again_when_the_candidature_that_it_was_reserved_for_ends(string how)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (retained, other) = (await Team.RetainedAsync(offer), await Team.AgreedAsync(offer));

        await EndAsync(retained, how);

        await Team.DoneAsync($"{Gerants}/{other}/selection");
    }

    [Fact]
    public async Task An_offer_that_an_ended_candidature_still_held_by_an_earlier_version_is_freed_at_the_next_start()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (retained, other) = (await Team.RetainedAsync(offer), await Team.AgreedAsync(offer));
        await EndAsync(retained, "erasure");
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var held = database.CreateCommand($"update recruitment.mt_doc_gerantcandidature set data = data || jsonb_build_object('heldOfferId', '{offer}', 'derivedVersion', 1) where id = '{retained}'");
        await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Team.RefusedAsync($"{Gerants}/{other}/selection", null, HttpStatusCode.Conflict, "recruitment.offer_already_taken");

        var start = host.Host.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "DeriveAtStart");
        await (Task)start.GetType().GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Instance)!.Invoke(start, [TestContext.Current.CancellationToken])!;

        await Team.DoneAsync($"{Gerants}/{other}/selection");
    }

    [Theory]
    [InlineData("correction")]
    [InlineData("post-end")]
    public async Task An_offer_whose_gérant_is_in_post_is_not_reopened_until_the_post_is_corrected_or_over(string act)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.InPostAsync(offer, Today);
        await Team.RefusedAsync($"{Offers}/{offer}/reopening", null, HttpStatusCode.Conflict, "recruitment.gerance_offer_gerant_in_post");

        await Team.DoneAsync($"{Gerants}/{candidate}/{act}", act == "correction" ? new { reason = "Ne vient pas" } : new { endedOn = Today });

        Assert.Equal("published", (await Team.DoneAsync($"{Offers}/{offer}/reopening"))["status"].Text());
    }

    [Fact]
    public async Task A_gérant_in_post_fills_the_offer_and_it_is_told()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.RetainedAsync(offer);
        await Team.DoneAsync($"{Gerants}/{candidate}/training", new { });

        var told = await host.TrackAsync(() => Team.DoneAsync($"{Gerants}/{candidate}/installation", new { startsOn = Today.AddDays(30) }));

        var filled = await Team.ReadAsync($"{Offers}/{offer}");
        Assert.Equal(("filled", $"{candidate}"), (filled["status"].Text(), filled["filledBy"].Text()));
        Assert.Equal(offer, told.Sent.SingleMessage<GeranceOfferFilled>().OfferId);
    }

    [Fact]
    public async Task An_offer_that_is_reserved_stays_open_until_its_candidate_is_in_post_or_leaves()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (gone, retained) = (await Team.RetainedAsync(offer), await Team.AgreedAsync(offer));
        await Team.RefusedAsync($"{Offers}/{offer}/filling", new { candidatureId = gone }, HttpStatusCode.BadRequest, "request.malformed");
        await Team.RefusedAsync($"{Offers}/{offer}/filling", null, HttpStatusCode.Conflict, "recruitment.offer_already_taken");
        await Team.DoneAsync($"{Gerants}/{gone}/withdrawal", new { });
        Assert.Equal("published", (await Team.ReadAsync($"{Offers}/{offer}"))["status"].Text());

        await Team.DoneAsync($"{Gerants}/{retained}/selection");
        await Team.DoneAsync($"{Gerants}/{retained}/training", new { });
        await Team.DoneAsync($"{Gerants}/{retained}/installation", new { startsOn = Today });

        Assert.Equal(["drafted", "published", "filled"], (await Team.ReadAsync($"{Offers}/{offer}"))["history"]!.AsArray().Select(done => done!["act"].Text()));
    }

    [Theory]
    [InlineData("filling", "recruitment.gerance_offer_already_filled")]
    [InlineData("withdrawal", "recruitment.gerance_offer_not_published")]
    public async Task Nobody_is_retained_for_an_offer_that_is_filled_or_withdrawn(string end, string code)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.AgreedAsync(offer);
        await Team.DoneAsync($"{Offers}/{offer}/{end}", end == "filling" ? null : new { reason = "Travaux" });

        await Team.RefusedAsync($"{Gerants}/{candidate}/selection", null, HttpStatusCode.Conflict, code);
        Assert.Equal("presented", await Team.StageAsync(candidate));
    }

    [Theory]
    [InlineData("filling", "recruitment.gerance_offer_already_filled")]
    [InlineData("withdrawal", "recruitment.gerance_offer_not_published")]
    public async Task A_mairie_is_shown_nobody_for_an_offer_that_is_filled_or_withdrawn(string end, string code)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.ImmersedAsync(offer);
        await Team.DoneAsync($"{Offers}/{offer}/{end}", end == "filling" ? null : new { reason = "Travaux" });

        await Team.RefusedAsync(Presentations, new { candidatureId = candidate }, HttpStatusCode.Conflict, code);
        Assert.Equal("immersion", await Team.StageAsync(candidate));
    }

    [Fact]
    public async Task Whoever_wrote_in_time_is_presented_after_the_last_day_and_whoever_comes_later_is_not_taken()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (early, late) = (await Team.ImmersedAsync(offer), await Team.CandidateAsync());
        // The clock that ends it may not have come by yet
        await host.PassLastDayAsync(offer);

        await Team.RefusedAsync($"{Gerants}/{late}/offer", new { offerId = offer }, HttpStatusCode.Conflict, "recruitment.gerance_offer_not_published");
        await Team.RefusedAsync(Gerants, RightGerants.Letter(RightGerants.NextEmail(), $"{offer}"), HttpStatusCode.Conflict, "recruitment.gerance_offer_not_published");
        await Team.CreatedAsync(Presentations, new { candidatureId = early });
    }

    [Fact]
    public async Task Whoever_applies_for_an_offer_that_is_reserved_is_told_so()
    {
        var (free, reserved) = (await Team.OfferAsync(host.NextInseeCode()), await Team.OfferAsync(host.NextInseeCode()));
        await Team.RetainedAsync(reserved);

        Assert.DoesNotContain("déjà retenu", await AnswerAsync(free), StringComparison.Ordinal);
        Assert.Contains("déjà retenu", await AnswerAsync(reserved), StringComparison.Ordinal);

        async Task<string> AnswerAsync(Guid offer)
        {
            using var answer = await host.Anonymous.SendAsync(RightGerants.Form, RightGerants.FormOf(RightGerants.NextEmail(), $"{offer}"));
            return (await answer.ReadAsync(HttpStatusCode.Accepted))["text"].Text();
        }
    }

    [Fact]
    public async Task A_partner_who_comes_too_late_is_told_so_like_anybody()
    {
        using var partner = await Writer.OfAsync(host, new { name = "Emplois ruraux", kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } });
        var offer = await Team.OfferAsync(host.NextInseeCode());
        await Team.DoneAsync($"{Offers}/{offer}/withdrawal", new { reason = "Travaux" });

        await partner.Client.RefusedAsync(Gerants, RightGerants.Letter(RightGerants.NextEmail(), $"{offer}"), HttpStatusCode.Gone, "recruitment.gerance_offer_gone");
        await host.Anonymous.RefusedAsync(RightGerants.Form, RightGerants.FormOf(RightGerants.NextEmail(), $"{offer}"), HttpStatusCode.Gone, "recruitment.gerance_offer_gone");
    }

    [Fact]
    public async Task What_was_said_of_an_offer_since_somebody_came_who_was_retained_for_it_goes_with_them()
    {
        const string Before = "Les travaux sont finis.";
        var (after, offer) = ($"Absence {Guid.CreateVersion7():n}", await Team.OfferAsync(host.NextInseeCode()));
        await Team.DoneAsync($"{Offers}/{offer}/withdrawal", new { reason = Before });
        await Team.DoneAsync($"{Offers}/{offer}/reopening");
        var candidate = await Team.RetainedAsync(offer);
        await Team.DoneAsync($"{Gerants}/{candidate}/withdrawal");
        await Team.DoneAsync($"{Offers}/{offer}/withdrawal", new { reason = after });
        Assert.Contains(after, await AuditAsync(), StringComparison.Ordinal);

        await EndAsync(candidate, "erasure");

        Assert.Equal([null, null, Before, null, null], (await Team.ReadAsync($"{Offers}/{offer}"))["history"]!.AsArray().Select(done => (string?)done!["reason"]));
        Assert.DoesNotContain(after, await AuditAsync(), StringComparison.Ordinal);

        async Task<string> AuditAsync() => (await Team.ReadAsync($"/v1/access/audit?subject={offer}&limit=200")).ToJsonString();
    }

    private async Task EndAsync(Guid candidate, string how) => await host.TrackAsync(async () =>
    {
        object body = how == "merge" ? new { into = await Team.OtherOfThemAsync(await Team.OfferAsync(host.NextInseeCode())), reason = "Même personne" } : new { howAsked = "Par courriel" };
        using var ended = await Team.SendAsync($"{Gerants}/{candidate}/{how}", body);
        Assert.True(ended.IsSuccessStatusCode, await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    });
}
