using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Slots, proposed and chosen.</summary>
public sealed class InterviewTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_candidate_chooses_by_the_link_of_their_mail_and_by_no_other()
    {
        var (id, interview) = await ProposedAsync(await host.ColleagueAsync(), Slot(24), Slot(48));
        var (token, slot) = (await RightSelection.TokenAsync(host, $"{Interviews}/{id}"), interview["slots"]![1]!["id"].Text());
        var (path, slots) = ($"{Interviews}/{id}/candidate-choice", $"{Interviews}/{id}/candidate-slots");
        Assert.DoesNotContain(token, interview.ToJsonString(), StringComparison.Ordinal);

        await host.Anonymous.RefusedAsync(slots, new { token = token[1..] + "A" }, HttpStatusCode.NotFound, "recruitment.interview_unknown");
        await host.Anonymous.RefusedAsync(slots, new { token = "" }, HttpStatusCode.BadRequest, "request.malformed");
        foreach (var _ in new[] { "once", "again" })
        {
            var shown = (await host.Anonymous.DoneAsync(slots, new { token }))["slots"]!.AsArray();
            Assert.Equal(interview["slots"]!.AsArray().Select(one => one!.ToJsonString()), shown.Select(one => one!.ToJsonString()));
        }

        await host.Anonymous.RefusedAsync(path, new { token = token[1..] + "A", slotId = slot }, HttpStatusCode.NotFound, "recruitment.interview_unknown");
        await host.Anonymous.RefusedAsync(path, new { token, slotId = Guid.CreateVersion7() }, HttpStatusCode.UnprocessableEntity, "recruitment.interview_slot_unknown");
        var chosen = await host.Anonymous.DoneAsync(path, new { token, slotId = slot });
        Assert.Equal(("agreed", slot, "candidate"), (chosen["status"].Text(), chosen["chosenSlotId"].Text(), chosen["chosenBy"].Text()));
        await host.Anonymous.RefusedAsync(path, new { token, slotId = slot }, HttpStatusCode.Conflict, "recruitment.interview_not_open");
        await host.Anonymous.RefusedAsync(slots, new { token }, HttpStatusCode.Conflict, "recruitment.interview_not_open");
    }

    [Fact]
    public async Task The_token_of_a_choice_is_in_the_mail_alone()
    {
        var (id, _) = await ProposedAsync(await host.ColleagueAsync(), Slot(24));
        var token = await RightSelection.TokenAsync(host, $"{Interviews}/{id}");

        await using var database = NpgsqlDataSource.Create(host.Connection);
        foreach (var table in await database.ListAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        {
            Assert.False(await database.ValueAsync<bool>($"select exists (select from {table} as one where one::text like '%{token}%')"), table);
        }
    }

    [Fact]
    public async Task The_mail_tells_the_slots_by_the_clock_of_Paris_in_both_languages()
    {
        var (id, _) = await ProposedAsync(await host.ColleagueAsync(), new { startsAt = "2099-04-17T08:30:00Z", minutes = 45, place = "Mairie de Sénergues" });
        var email = (await Team.ReadAsync($"{Gerants}/{(await Team.ReadAsync($"{Interviews}/{id}"))["candidatureId"].Text()}"))["applicant"]!["email"].Text();

        var text = (await host.Mails.ToAsync(email)).Text;

        Assert.Contains("  vendredi 17 avril 2099 à 10 h 30 (heure de Paris), 45 min · Mairie de Sénergues", text, StringComparison.Ordinal);
        Assert.Contains("  Friday 17 April 2099 at 10:30 (Paris time), 45 min · Mairie de Sénergues", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_was_left_blank_is_none_and_the_mails_tell_the_link()
    {
        var (id, interview) = await ProposedAsync(await host.ColleagueAsync(), new { startsAt = "2099-04-17T08:30:00Z", minutes = 45, place = " ", link = "https://visio.example.org/camille" });
        var email = (await Team.ReadAsync($"{Gerants}/{interview["candidatureId"].Text()}"))["applicant"]!["email"].Text();
        Assert.Null(interview["slots"]![0]!["place"]);
        await host.TrackAsync(() => Team.DoneAsync($"{Interviews}/{id}/choice", new { slotId = interview["slots"]![0]!["id"].Text() }));

        await host.Mails.ToAsync(email, 2);
        Assert.All(host.Mails.To(email), mail => Assert.Contains("https://visio.example.org/camille", mail.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_candidate_is_shown_no_slot_that_has_passed_or_that_the_interviewer_gave_to_another()
    {
        var interviewer = await host.ColleagueAsync();
        var (id, interview) = await ProposedAsync(interviewer, Slot(-2), Slot(24), Slot(48));
        var (other, theirs) = await ProposedAsync(interviewer, Slot(24.5));
        await Team.DoneAsync($"{Interviews}/{other}/choice", new { slotId = theirs["slots"]![0]!["id"].Text() });

        var shown = (await host.Anonymous.DoneAsync($"{Interviews}/{id}/candidate-slots", new { token = await RightSelection.TokenAsync(host, $"{Interviews}/{id}") }))["slots"]!.AsArray();

        Assert.Equal(interview["slots"]![2]!["id"].Text(), Assert.Single(shown)!["id"].Text());
    }

    [Fact]
    public async Task Of_two_choices_that_race_for_one_interviewer_s_time_one_is_agreed()
    {
        var interviewer = await host.ColleagueAsync();
        var both = new[] { await ProposedAsync(interviewer, Slot(24)), await ProposedAsync(interviewer, Slot(24.5)) };

        var answers = await Task.WhenAll(both.Select(one => Team.SendAsync($"{Interviews}/{one.Id}/choice", new { slotId = one.Interview["slots"]![0]!["id"].Text() })));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var (agreed, other) = answers[0].StatusCode == HttpStatusCode.OK ? (both[0], both[1]) : (both[1], both[0]);
        var choice = new { slotId = other.Interview["slots"]![0]!["id"].Text() };
        await Team.RefusedAsync($"{Interviews}/{other.Id}/choice", choice, HttpStatusCode.Conflict, "recruitment.interviewer_taken");
        await Team.DoneAsync($"{Interviews}/{agreed.Id}/move", new { slots = new[] { Slot(72) }, reason = "Grève des trains" });
        await Team.DoneAsync($"{Interviews}/{other.Id}/choice", choice);
    }

    [Fact]
    public async Task An_interview_is_not_told_of_before_it_begins_nor_after_it_is_cancelled()
    {
        var (id, interview) = await ProposedAsync(await host.ColleagueAsync(), Slot(24));
        await Team.RefusedAsync($"{Interviews}/{id}/completion", new { summary = "Rien" }, HttpStatusCode.Conflict, "recruitment.interview_not_agreed");
        await Team.DoneAsync($"{Interviews}/{id}/choice", new { slotId = interview["slots"]![0]!["id"].Text() });
        await Team.RefusedAsync($"{Interviews}/{id}/absence", new { party = "candidate" }, HttpStatusCode.Conflict, "recruitment.interview_not_begun");
        await Team.DoneAsync($"{Interviews}/{id}/cancellation", new { reason = "Souffrant" });
        await Team.RefusedAsync($"{Interviews}/{id}/move", new { slots = new[] { Slot(72) }, reason = "Encore" }, HttpStatusCode.Conflict, "recruitment.interview_over");
    }

    [Fact]
    public async Task Slots_that_no_interview_can_have_are_refused()
    {
        var candidate = await Team.CandidateAsync();
        foreach (var (slot, pointer) in new (object, string)[]
        {
            (Slot(-24 * 40), "/slots/0/startsAt"), (Slot(24, 5), "/slots/0/minutes"),
            (new { startsAt = "2099-01-01T08:00:00Z", minutes = 30 }, "/slots/0/place"),
            (new { startsAt = "2099-01-01T08:00:00Z", minutes = 30, link = "ftp://example.org" }, "/slots/0/link"),
            (new { startsAt = "2099-01-01T08:00:00Z", minutes = 30, place = "Ici", link = "https://example.org" }, "/slots/0/place"),
        })
        {
            var problem = await Team.RefusedAsync(Interviews, new { candidatureId = candidate, slots = new[] { slot } }, HttpStatusCode.BadRequest, "request.malformed");
            Assert.Equal([pointer], problem["errors"]!.AsArray().Select(error => error!["pointer"].Text()));
        }

        await Team.RefusedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24), Slot(24.5) } }, HttpStatusCode.UnprocessableEntity, "recruitment.interview_slots_overlap");
        Assert.Equal("studied", await Team.StageAsync(candidate));
    }

    private async Task<(Guid Id, JsonNode Interview)> ProposedAsync(Guid interviewer, params object[] slots)
    {
        var id = await Team.CreatedAsync(Interviews, new { candidatureId = await Team.CandidateAsync(), slots, interviewerId = interviewer });
        return (id, await Team.ReadAsync($"{Interviews}/{id}"));
    }
}
