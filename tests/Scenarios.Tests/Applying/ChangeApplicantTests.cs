using System.Net.Http.Json;
using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>Candidates have what is known of them put right, by the team.</summary>
public sealed class ChangeApplicantTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_mistyped_their_address_gets_the_link_at_the_right_one_and_the_first_link_opens_nothing()
    {
        var (wrong, right) = (NextEmail(), NextEmail());
        var (id, first) = await SubmittedAsync(host, wrong);
        var changed = await host.Administrator.ChangedAsync(id, new { applicant = Applicant(right), reason = "Au téléphone." });
        Assert.Equal((right, "addressChanged"), (changed["applicant"]!["email"].Text(), changed["acts"]!.AsArray()[^1]!["deed"].Text()));

        var (same, second) = LinkIn(await host.Mails.ToAsync(right));
        await StoredAsync(host.Connection, second);
        Assert.Equal(id, same);
        await host.Anonymous.ActAsync(id, "confirmation", new { token = first }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Anonymous.ActAsync(id, "confirmation", new { token = second }).DoneAsync(HttpStatusCode.NoContent);

        Assert.Single(await host.Administrator.ListedAsync($"email={right}"));
        Assert.Empty(await host.Administrator.ListedAsync($"email={wrong}"));
    }

    [Fact]
    public async Task What_follows_from_the_change_is_told_and_what_was_put_right_is_in_the_audit()
    {
        var (email, right) = (NextEmail(), NextEmail());
        var (known, id) = (await host.Administrator.SentAsync(right, await OfferAsync(host.Administrator, host.NextInseeCode())), await host.Administrator.SentAsync(email));
        var applicant = Applicant(right);
        applicant["inseeCode"] = "29019";

        var changed = await host.Administrator.ChangedAsync(id, new { applicant, reason = "Par courriel.", keepsLonger = true });

        Assert.Equal([known], changed["possibleDuplicates"]!.AsArray().Select(one => one.Text()));
        Assert.Equal(("29", true), (changed["departement"].Text(), (bool)changed["consent"]!["keepsLonger"]!));
        Assert.Contains(email, (await host.Administrator.ReadAsync($"/v1/access/audit?subject={id}&operation=ChangeApplicant")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_a_partner_handed_on_at_a_wrong_address_gets_its_letter_at_the_right_one()
    {
        using var partner = host.With((await host.AddClientAsync(new { name = "Partenaire", kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } })).Key);
        var (id, right) = (await partner.SentAsync(), NextEmail());

        await host.TrackAsync(() => host.Administrator.ChangedAsync(id, new { applicant = Applicant(right), reason = "Au téléphone." }));

        var mail = Assert.Single(host.Mails.To(right)).Text;
        Assert.All(["nous a transmis votre candidature", "#retrait/", "#copie/", "#effacement/"], text => Assert.Contains(text, mail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_slots_of_an_interview_are_mailed_again_to_the_new_address()
    {
        var (email, right) = (NextEmail(), NextEmail());
        var id = await host.Administrator.SentAsync(email);
        await host.Administrator.ActAsync(id, "study").DoneAsync();
        await host.TrackAsync(() => host.Administrator.PostAsync(RightSelection.Interviews, new
        {
            candidatureId = id, slots = new[] { new { startsAt = TimeProvider.System.GetUtcNow().AddHours(24).UtcDateTime, minutes = 60, place = "Mairie" } },
        }).DoneAsync(HttpStatusCode.Created));

        await host.TrackAsync(() => host.Administrator.ChangedAsync(id, new { applicant = Applicant(right), reason = "Au téléphone." }));

        Assert.Contains("#entretien/", Assert.Single(host.Mails.To(right)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hour_of_an_interview_that_is_agreed_and_the_days_of_an_immersion_are_mailed_again_to_the_new_address()
    {
        var (email, right) = (NextEmail(), NextEmail());
        var id = await host.Administrator.SentAsync(email);
        await host.Administrator.ActAsync(id, "study").DoneAsync();
        await host.TrackAsync(async () =>
        {
            var interview = await host.Administrator.CreatedAsync(RightSelection.Interviews, new { candidatureId = id, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
            var slot = (await host.Administrator.ReadAsync($"{RightSelection.Interviews}/{interview}"))["slots"]![0]!["id"].Text();
            await host.Administrator.PostAsync($"{RightSelection.Interviews}/{interview}/choice", new { slotId = slot }).DoneAsync();
        });
        Assert.Contains(host.Mails.To(email), mail => mail.Text.Contains("Nous vous attendons", StringComparison.Ordinal) && mail.Text.Contains("Mairie de Sénergues", StringComparison.Ordinal));
        using var booked = await host.Administrator.BookAsync(Guid.Parse(id), await host.Administrator.HostCafeAsync());
        await booked.ReadAsync(HttpStatusCode.Created);

        await host.TrackAsync(() => host.Administrator.ChangedAsync(id, new { applicant = Applicant(right), reason = "Au téléphone." }));

        var mails = host.Mails.To(right).Select(mail => mail.Text).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Contains(mails, text => text.Contains("Nous vous attendons", StringComparison.Ordinal));
        Assert.Contains(mails, text => text.Contains("Le café de Sénergues, à Sénergues (12), vous accueille", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_to_what_became_part_of_it_serves_no_more_either()
    {
        var (email, former) = (NextEmail(), NextEmail());
        var (ended, token) = await ConfirmedAsync(host, former);
        var id = await host.Administrator.SentAsync(email);
        await host.Administrator.ActAsync(ended, "merge", new { into = id, reason = "Même personne." }).DoneAsync();

        await host.Administrator.ChangedAsync(id, new { applicant = Applicant(NextEmail()), reason = "Au téléphone." });

        await host.Anonymous.ActAsync(ended, "withdrawal-by-link", new { token }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
    }

    [Fact]
    public async Task Two_of_one_address_and_one_offer_are_to_be_merged_and_a_wrong_body_is_refused_by_its_field()
    {
        var (email, right) = (NextEmail(), NextEmail());
        await host.Administrator.SentAsync(right);
        var id = await host.Administrator.SentAsync(email);
        await RectifyAsync(id, new { applicant = Applicant(right), reason = "Au téléphone." }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_of_same_address");
        var problem = await RectifyAsync(id, new { applicant = Applicant("camille") }).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(["/applicant/email", "/reason"], problem["errors"]!.AsArray().Select(fault => fault!["pointer"].Text()).Order(StringComparer.Ordinal));
        await RectifyAsync($"{Guid.CreateVersion7()}", new { applicant = Applicant(right), reason = "Au téléphone." }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
    }

    private Task<HttpResponseMessage> RectifyAsync(string id, object body) => host.Administrator.PostAsJsonAsync($"{Candidatures}/{id}/rectification", body, Token);
}
