using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>From a candidature that is studied to a gérant who is retained.</summary>
public sealed class SelectionTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_candidate_is_interviewed_spends_days_in_a_café_is_presented_and_retained_after_the_mairie_s_yes()
    {
        var commune = host.NextInseeCode();
        using var mairie = await MairieAsync(commune);
        using var neighbour = await MairieAsync(host.NextInseeCode());
        var offer = await Team.OfferAsync(commune);
        var candidate = await Team.CandidateAsync(offer);

        var interview = await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(-2), Slot(24) }, interviewerId = await host.ColleagueAsync() });
        Assert.Equal("interview", await Team.StageAsync(candidate));
        var slot = (await Team.ReadAsync($"{Interviews}/{interview}"))["slots"]![0]!["id"].Text();
        await Team.DoneAsync($"{Interviews}/{interview}/choice", new { slotId = slot });
        await Team.DoneAsync($"{Interviews}/{interview}/completion", new { summary = "Veut reprendre le bar." });

        var cafe = await Team.HostCafeAsync();
        using var booked = await Team.BookAsync(candidate, cafe, inDays: 0);
        var immersion = (await booked.ReadAsync(HttpStatusCode.Created))["id"].Text();
        Assert.Equal("immersion", await Team.StageAsync(candidate));
        await Team.DoneAsync($"{Immersions}/{immersion}/host-feedback", new { text = "À l'aise au comptoir" });
        await Team.DoneAsync($"{Immersions}/{immersion}/candidate-feedback", new { text = "L'accueil donne envie" });
        await Team.DoneAsync($"{Immersions}/{immersion}/completion");

        await HiddenAsync(mairie.Client, $"{Gerants}/{candidate}");
        var presentation = await Team.CreatedAsync(Presentations, new { candidatureId = candidate, message = "Très à l'écoute" });
        Assert.Equal("presented", (await mairie.Client.ReadAsync($"{Gerants}/{candidate}"))["stage"].Text());
        await HiddenAsync(neighbour.Client, $"{Gerants}/{candidate}");
        await HiddenAsync(neighbour.Client, $"{Presentations}/{presentation}");
        await Team.RefusedAsync($"{Gerants}/{candidate}/selection", null, HttpStatusCode.Conflict, "recruitment.mairie_has_not_said_yes");
        await mairie.Client.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "notYet", reason = "Le conseil se réunit en mai." });
        await Team.RefusedAsync($"{Gerants}/{candidate}/selection", null, HttpStatusCode.Conflict, "recruitment.mairie_has_not_said_yes");
        var answered = await mairie.Client.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Le conseil l'a rencontrée." });
        Assert.Equal(["notYet", "yes"], answered["answers"]!.AsArray().Select(one => one!["answer"].Text()));

        var told = await host.TrackAsync(() => Team.DoneAsync($"{Gerants}/{candidate}/selection"));
        var selected = told.Sent.SingleMessage<GerantSelected>();
        Assert.Equal((candidate, offer, commune, "80"), (selected.CandidatureId, selected.OfferId, selected.InseeCode, selected.Departement));
        Assert.Equal("retained", await Team.StageAsync(candidate));
        await Team.RefusedAsync($"{Presentations}/{presentation}/answers", new { answer = "no", reason = "Finalement non", toldBy = "phone" }, HttpStatusCode.Conflict, "recruitment.presentation_over");
        await Team.RefusedAsync($"{Gerants}/{candidate}/selection", null, HttpStatusCode.Conflict, "recruitment.gerant_stage_not_allowed");
    }

    [Fact]
    public async Task One_candidate_only_is_retained_for_an_offer_though_two_race_for_it_and_a_correction_frees_it()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var both = new[] { await Team.PresentedAsync(offer), await Team.PresentedAsync(offer) };
        foreach (var (_, presentation) in both)
        {
            await Team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui au téléphone", toldBy = "phone" });
        }

        var answers = await Task.WhenAll(both.Select(one => Team.SendAsync($"{Gerants}/{one.Candidate}/selection")));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var retained = both[Array.FindIndex(answers, answer => answer.StatusCode == HttpStatusCode.OK)].Candidate;
        var other = both.Single(one => one.Candidate != retained).Candidate;
        await Team.RefusedAsync($"{Gerants}/{other}/selection", null, HttpStatusCode.Conflict, "recruitment.offer_already_taken");
        await Team.DoneAsync($"{Gerants}/{retained}/correction", new { reason = "Retenue par erreur" });
        await Team.DoneAsync($"{Gerants}/{other}/selection");
    }

    [Fact]
    public async Task The_team_does_not_answer_for_the_mairie_unless_it_says_how_it_was_told()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (_, presentation) = await Team.PresentedAsync(offer);

        await Team.RefusedAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui" }, HttpStatusCode.UnprocessableEntity, "recruitment.presentation_not_told");
        var problem = await Team.RefusedAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", toldBy = "letter" }, HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal("/reason", problem["errors"]![0]!["pointer"].Text());
    }

    [Fact]
    public async Task Steps_are_not_skipped()
    {
        var received = await Team.CandidateAsync(studied: false);
        await Team.RefusedAsync(Interviews, new { candidatureId = received, slots = new[] { Slot(24) } }, HttpStatusCode.Conflict, "recruitment.gerant_stage_not_allowed");
        var studied = await Team.CandidateAsync();
        using var booked = await Team.BookAsync(studied, await Team.HostCafeAsync());
        Assert.Equal("recruitment.gerant_stage_not_allowed", (await booked.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
        await Team.RefusedAsync(Presentations, new { candidatureId = studied }, HttpStatusCode.UnprocessableEntity, "recruitment.presentation_without_offer");
        var answering = await Team.CandidateAsync(await Team.OfferAsync(host.NextInseeCode()));
        await Team.RefusedAsync(Presentations, new { candidatureId = answering }, HttpStatusCode.Conflict, "recruitment.gerant_stage_not_allowed");
        foreach (var path in new[] { Interviews, Presentations, Scorecards })
        {
            object body = path == Scorecards ? new { candidatureId = Guid.CreateVersion7(), observers = new[] { new { role = "staff", clientId = KnownClients.Administrator } } }
                : path == Interviews ? new { candidatureId = Guid.CreateVersion7(), slots = new[] { Slot(24) } } : new { candidatureId = Guid.CreateVersion7() };
            await Team.RefusedAsync(path, body, HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
        }
    }

    [Fact]
    public async Task A_candidate_who_is_corrected_and_presented_again_is_answered_for_anew()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (candidate, first) = await Team.PresentedAsync(offer);
        await Team.DoneAsync($"{Presentations}/{first}/answers", new { answer = "yes", reason = "Oui", toldBy = "letter" });
        await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Présentée trop tôt" });
        var second = await Team.CreatedAsync(Presentations, new { candidatureId = candidate });

        Assert.NotNull((await Team.ReadAsync($"{Presentations}/{first}"))["replacedAt"]);
        await Team.RefusedAsync($"{Gerants}/{candidate}/selection", null, HttpStatusCode.Conflict, "recruitment.mairie_has_not_said_yes");
        await Team.RefusedAsync($"{Presentations}/{first}/answers", new { answer = "yes", reason = "Oui", toldBy = "letter" }, HttpStatusCode.Conflict, "recruitment.presentation_over");
        await Team.DoneAsync($"{Presentations}/{second}/answers", new { answer = "yes", reason = "Oui", toldBy = "letter" });
        await Team.DoneAsync($"{Gerants}/{candidate}/selection");
    }

    [Fact]
    public async Task Nothing_is_written_behind_an_answer_so_that_acts_may_follow_one_another_at_once()
    {
        var (candidate, presentation) = await Team.PresentedAsync(await Team.OfferAsync(host.NextInseeCode()));
        for (var round = 0; round < 3; round++)
        {
            await Team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui", toldBy = "letter" });
            await Team.DoneAsync($"{Gerants}/{candidate}/selection");
            var settled = (await Team.ReadAsync($"{Presentations}/{presentation}"))["revision"]!.GetValue<long>();
            await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Retenue trop tôt" });
            Assert.Equal(settled + 1, (await Team.ReadAsync($"{Presentations}/{presentation}"))["revision"]!.GetValue<long>());
            await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Présentée trop tôt" });
            presentation = await Team.CreatedAsync(Presentations, new { candidatureId = candidate });
        }
    }

    [Fact]
    public async Task What_was_written_of_a_candidature_goes_with_it_when_it_is_merged()
    {
        var (staying, own) = await Team.PresentedAsync(await Team.OfferAsync(host.NextInseeCode()));
        var (ending, presentation) = await Team.PresentedAsync(await Team.OfferAsync(host.NextInseeCode()));
        var card = await Team.CreatedAsync(Scorecards, new { candidatureId = ending, observers = new[] { new { role = "staff", clientId = KnownClients.Administrator } } });
        var immersion = (await Team.ReadAsync($"{Immersions}?candidatureId={ending}"))["items"]![0]!["id"].Text();
        await Team.RefusedAsync($"{Gerants}/{ending}/merge", new { into = staying, reason = "Même personne" }, HttpStatusCode.Conflict, "recruitment.gerant_merge_two_immersions");
        await Team.DoneAsync($"{Immersions}/{immersion}/cancellation", new { reason = "En double" });
        await Team.DoneAsync($"{Gerants}/{ending}/merge", new { into = staying, reason = "Même personne" });

        Assert.Equal(staying, (await Team.ReadAsync($"{Scorecards}/{card}"))["candidatureId"]!.GetValue<Guid>());
        foreach (var (list, count) in new[] { (Scorecards, 1), (Interviews, 2), (Immersions, 2), (Presentations, 2) })
        {
            Assert.Equal(count, (await Team.ReadAsync($"{list}?candidatureId={staying}"))["items"]!.AsArray().Count);
            Assert.Empty((await Team.ReadAsync($"{list}?candidatureId={ending}"))["items"]!.AsArray());
        }

        await Team.RefusedAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui", toldBy = "phone" }, HttpStatusCode.Conflict, "recruitment.presentation_over");
        await Team.DoneAsync($"{Presentations}/{own}/answers", new { answer = "yes", reason = "Oui", toldBy = "phone" });
    }

    [Fact]
    public async Task A_candidature_that_another_became_part_of_has_one_immersion_at_a_time()
    {
        var (staying, ending) = (await Team.CandidateAsync(), await Team.CandidateAsync());
        foreach (var candidate in new[] { staying, ending })
        {
            await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
        }

        using var first = await Team.BookAsync(staying, await Team.HostCafeAsync());
        await Team.DoneAsync($"{Immersions}/{(await first.ReadAsync(HttpStatusCode.Created))["id"]}/cancellation", new { reason = "Travaux" });
        using var second = await Team.BookAsync(ending, await Team.HostCafeAsync());
        await second.ReadAsync(HttpStatusCode.Created);
        await Team.DoneAsync($"{Gerants}/{ending}/merge", new { into = staying, reason = "Même personne" });

        using var third = await Team.BookAsync(staying, await Team.HostCafeAsync());
        Assert.Equal("recruitment.immersion_already_booked", (await third.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
    }

    [Fact]
    public async Task A_mairie_no_longer_reads_what_was_shown_to_it_by_mistake()
    {
        var commune = host.NextInseeCode();
        using var mairie = await MairieAsync(commune);
        var (candidate, first) = await Team.PresentedAsync(await Team.OfferAsync(commune));
        await mairie.Client.DoneAsync($"{Presentations}/{first}/answers", new { answer = "notYet", reason = "Le conseil se réunit en mai." });
        await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Présentée par erreur" });
        await HiddenAsync(mairie.Client, $"{Presentations}/{first}");
        Assert.Empty((await mairie.Client.ReadAsync(Presentations))["items"]!.AsArray());

        var second = await Team.CreatedAsync(Presentations, new { candidatureId = candidate });
        await HiddenAsync(mairie.Client, $"{Presentations}/{first}");
        await Team.DoneAsync($"{Gerants}/{candidate}/refusal", new { reason = "unreachable" });
        await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Jointe depuis" });
        Assert.Equal([second.ToString()], (await mairie.Client.ReadAsync(Presentations))["items"]!.AsArray().Select(one => one!["id"].Text()));
    }

    private async Task<Writer> MairieAsync(string commune) => await Writer.OfAsync(
        host, new { name = "Mairie", kind = "mairie", scopes = new[] { "recruitment:read", "recruitment:write" }, inseeCode = commune }, commune);

    private static async Task HiddenAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
