using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>The acts on a gérant's candidature over HTTP: which are refused where, who may, and what they leave behind.</summary>
public sealed class ActTests(MilleCafesHost host)
{
    private const string NotAllowed = "recruitment.gerant_stage_not_allowed";

    private static readonly string[] Stages = ["received", "studied", "interview", "immersion", "presented", "retained", "trained", "inPost", "declined", "withdrawn"];

    // Each act, its body, and the stages from which it is done
    private static readonly Dictionary<string, (object Body, string[] From)> Acts = new()
    {
        ["study"] = (new { }, ["received"]),
        ["training"] = (new { }, ["retained"]),
        ["installation"] = (new { startsOn = "2027-04-01" }, ["trained"]),
        ["refusal"] = (new { reason = "anotherProject" }, Stages[..7]),
        ["withdrawal"] = (new { }, Stages[..7]),
        ["correction"] = (new { reason = "Par erreur." }, Stages[1..]),
    };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var act in Acts.Keys)
            {
                foreach (var stage in Stages)
                {
                    pairs.Add(act, stage);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task An_act_is_done_from_its_own_stages_and_refused_from_all_others(string act, string stage)
    {
        var id = await GerantPath.AtAsync(host.Administrator, stage, host.NextInseeCode());
        var (body, from) = Acts[act];

        if (from.Contains(stage))
        {
            await host.Administrator.ActAsync(id, act, body).DoneAsync();
            Assert.NotEqual(stage, (await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["stage"].Text());
        }
        else
        {
            await host.Administrator.ActAsync(id, act, body).RefusedAsync(HttpStatusCode.Conflict, NotAllowed);
            Assert.Equal(stage, (await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["stage"].Text());
        }
    }

    [Fact]
    public async Task A_refusal_and_its_correction_are_both_told_with_who_when_and_why()
    {
        var id = await host.Administrator.SentAsync();
        await host.Administrator.ActAsync(id, "study", new { reason = "Dossier complet." }).DoneAsync();
        await host.Administrator.ActAsync(id, "refusal", new { reason = "other", text = "Trop tôt." }).DoneAsync();
        await host.Administrator.ActAsync(id, "correction", new { reason = "Par erreur." }).DoneAsync();

        var shown = await host.Administrator.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal(("studied", null), (shown["stage"].Text(), shown["decline"]));
        Assert.Equal(
            ["received  False", "studied Dossier complet. False", "declined Trop tôt. False", "studied Par erreur. True"],
            shown["stages"]!.AsArray().Select(change => $"{change!["to"].Text()} {(string?)change["reason"]} {(bool)change["correction"]!}"));
        Assert.All(shown["stages"]!.AsArray(), change => Assert.NotNull((string?)change!["actor"]));
    }

    [Fact]
    public async Task Whoever_sent_the_form_again_meanwhile_is_to_be_merged_before_the_first_is_corrected()
    {
        var email = NextEmail();
        var (first, _) = await SubmittedAsync(host, email);
        await host.TrackAsync(() => host.Administrator.ActAsync(first, "withdrawal", new { reason = "Injoignable." }).DoneAsync());
        await SubmittedAsync(host, email, mails: 1);

        await host.Administrator.ActAsync(first, "correction", new { reason = "Par erreur." }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_of_same_address");
    }

    [Theory]
    [InlineData("refusal", "{}", "/reason")]
    [InlineData("refusal", """{"reason":"other"}""", "/text")]
    [InlineData("refusal", """{"reason":"diploma"}""", "/reason")]
    [InlineData("correction", "{}", "/reason")]
    [InlineData("installation", "{}", "/startsOn")]
    [InlineData("installation", """{"startsOn":"0001-01-01"}""", "/startsOn")]
    [InlineData("installation", """{"startsOn":"9999-12-31"}""", "/startsOn")]
    [InlineData("training", """{"completedAt":"2999-01-01T00:00:00Z"}""", "/completedAt")]
    [InlineData("offer", "{}", "/offerId")]
    [InlineData("merge", "{}", "/into")]
    public async Task A_wrong_body_is_refused_by_its_field(string act, string body, string field)
    {
        var id = await host.Administrator.SentAsync();
        var problem = await host.Administrator.ActAsync(id, act, JsonNode.Parse(body)!).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        Assert.Contains(field, problem["errors"]!.AsArray().Select(fault => fault!["pointer"].Text()));
    }

    [Fact]
    public async Task Whoever_is_in_post_is_told_to_subscribers_and_a_spontaneous_candidature_needs_an_offer_first()
    {
        var id = await GerantPath.AtAsync(host.Administrator, "immersion");
        await host.Administrator.PostAsync(RightSelection.Presentations, new { candidatureId = id }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "recruitment.presentation_without_offer");
        var commune = host.NextInseeCode();
        await host.Administrator.ActAsync(id, "offer", new { offerId = await OfferAsync(host.Administrator, commune) }).DoneAsync();
        await GerantPath.BringAsync(host.Administrator, id, "trained");

        await host.TrackAsync(() => host.Administrator.ActAsync(id, "installation", new { startsOn = "2027-04-01" }).DoneAsync());

        var post = (await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["installation"]!;
        Assert.Equal((commune, "2027-04-01"), (post["inseeCode"].Text(), post["startsOn"].Text()));
        var told = await host.Administrator.ReadAsync("/v1/webhooks/events?type=recruitment.gerant.in-post&limit=200");
        Assert.Contains(told["items"]!.AsArray(), one => one!.ToJsonString().Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_completed_training_trains_who_was_retained_once()
    {
        var id = await GerantPath.AtAsync(host.Administrator, "retained", host.NextInseeCode());
        var before = (long)(await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["revision"]!;
        var completed = new MilleCafes.Events.Contracts.TrainingCompleted(Guid.Parse(id), Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        await host.TrackAsync(() => host.PublishAsync(completed));
        await host.TrackAsync(() => host.PublishAsync(completed));

        var trained = await host.Administrator.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal(("trained", $"{completed.SessionId}", before + 1), (trained["stage"].Text(), trained["training"]!["sessionId"].Text(), (long)trained["revision"]!));
    }

    [Fact]
    public async Task A_refused_candidate_is_mailed_the_reason_and_no_other_stage_is()
    {
        var (refused, studied) = (NextEmail(), NextEmail());
        var (one, other) = (await host.Administrator.SentAsync(refused), await host.Administrator.SentAsync(studied));
        await host.TrackAsync(() => host.Administrator.ActAsync(other, "study").DoneAsync());
        await host.TrackAsync(() => host.Administrator.ActAsync(one, "refusal", new { reason = "anotherProject", text = "Merci de votre visite." }).DoneAsync());

        var mail = Assert.Single(host.Mails.To(refused)).Text;
        Assert.Contains("votre projet n'est pas celui de ce café", mail, StringComparison.Ordinal);
        Assert.Contains("your project is not that of this café", mail, StringComparison.Ordinal);
        Assert.Contains("Merci de votre visite.", mail, StringComparison.Ordinal);
        Assert.Empty(host.Mails.To(studied));
    }

    [Fact]
    public async Task Who_was_mailed_that_it_goes_no_further_is_mailed_that_it_does_again_and_who_withdrew_by_themselves_is_mailed_nothing()
    {
        using var partner = host.With((await host.AddClientAsync(new { name = "Partenaire", kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } })).Key);
        var (refused, handedOn) = (NextEmail(), NextEmail());
        var (one, other) = (await host.Administrator.SentAsync(refused), "");
        await host.TrackAsync(async () => other = await partner.SentAsync(handedOn));
        var (own, token) = await ConfirmedAsync(host, NextEmail());

        await host.TrackAsync(() => host.Administrator.ActAsync(one, "refusal", new { reason = "incomplete" }).DoneAsync());
        await host.TrackAsync(() => host.Administrator.ActAsync(one, "correction", new { reason = "Par erreur." }).DoneAsync());
        await host.TrackAsync(() => partner.ActAsync(other, "withdrawal").DoneAsync());
        await host.TrackAsync(() => host.Anonymous.ActAsync(own, "withdrawal-by-link", new { token }).DoneAsync(HttpStatusCode.NoContent));

        Assert.Contains("elle suit de nouveau son cours", host.Mails.To(refused)[^1].Text, StringComparison.Ordinal);
        Assert.Contains("est retirée, comme on nous l'a demandé pour vous", host.Mails.To(handedOn)[^1].Text, StringComparison.Ordinal);
        Assert.Equal((2, 2, 2), (host.Mails.To(refused).Count, host.Mails.To(handedOn).Count, host.Mails.To((await host.Administrator.ReadAsync($"{Candidatures}/{own}"))["applicant"]!["email"].Text()).Count));
    }

    [Fact]
    public async Task A_candidate_is_told_of_an_offer_only_what_is_true_of_it()
    {
        var team = host.Administrator;
        var offer = await Candidates.OfferAsync(team, host.NextInseeCode());
        var (one, other) = (await team.SentAsync(offer: $"{offer}"), await team.SentAsync(offer: $"{offer}"));
        foreach (var (id, reason) in new[] { (one, "offerFilled"), (one, "offerWithdrawn"), (await team.SentAsync(), "offerFilled"), (await team.SentAsync(), "offerWithdrawn") })
        {
            await team.ActAsync(id, "refusal", new { reason }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.decline_reason_untrue");
        }

        var retained = await team.RetainedAsync(offer);
        await team.ActAsync(one, "refusal", new { reason = "offerFilled" }).DoneAsync();
        await team.PostAsync($"{Candidates.Offers}/{offer}/withdrawal", new { reason = "Travaux" }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.offer_already_taken");
        await team.ActAsync($"{retained}", "withdrawal").DoneAsync();
        await team.PostAsync($"{Candidates.Offers}/{offer}/withdrawal", new { reason = "Travaux" }).DoneAsync();
        await team.ActAsync(other, "refusal", new { reason = "offerWithdrawn" }).DoneAsync();
    }

    [Fact]
    public async Task Each_stage_is_mailed_and_no_refusal_where_the_settings_say_so()
    {
        await using var mails = new MailServer();
        await using var apart = await host.StartApartAsync(("Smtp:Port", $"{mails.Port}"), ("Recruitment:Mail:Stages", "true"), ("Recruitment:Mail:Declined", "false"));
        using var team = apart.CreateClient(administrator: true);
        var (first, second) = (NextEmail(), NextEmail());
        var id = await team.SentAsync(first);
        await team.ActAsync(id, "refusal", new { reason = "anotherProject" }).DoneAsync();
        await team.ActAsync(await team.SentAsync(second), "study").DoneAsync();

        var mail = (await mails.ToAsync(second)).Text;
        Assert.Contains("étudiée", mail, StringComparison.Ordinal);
        Assert.Contains("#retrait/", mail, StringComparison.Ordinal);
        Assert.Empty(mails.To(first));
    }

    [Fact]
    public async Task Who_is_in_post_gets_no_link_that_would_withdraw_what_is_over()
    {
        await using var mails = new MailServer();
        await using var apart = await host.StartApartAsync(("Smtp:Port", $"{mails.Port}"), ("Recruitment:Mail:Stages", "true"));
        using var team = apart.CreateClient(administrator: true);
        var candidate = await team.InPostAsync(await Candidates.OfferAsync(team, host.NextInseeCode()));
        var email = (await team.ReadAsync($"{Candidatures}/{candidate}"))["applicant"]!["email"].Text();

        await Eventually.True(() => Task.FromResult(mails.To(email).Any(mail => mail.Text.Contains("en poste", StringComparison.Ordinal))), TimeSpan.FromSeconds(30), "the mail of the post comes");

        Assert.DoesNotContain("#retrait/", mails.To(email).Single(mail => mail.Text.Contains("en poste", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }
}
