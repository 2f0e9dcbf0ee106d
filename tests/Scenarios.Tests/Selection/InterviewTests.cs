using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Slots, proposed and chosen.</summary>
public sealed class InterviewTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_candidate_chooses_by_the_link_of_their_mail_and_by_no_other()
    {
        var (id, interview) = await ProposedAsync(Guid.CreateVersion7(), Slot(24), Slot(48));
        var (token, slot) = (interview["choiceToken"].Text(), interview["slots"]![1]!["id"].Text());
        var path = $"{Interviews}/{id}/candidate-choice";

        await host.Anonymous.RefusedAsync(path, new { token = token[1..] + "A", slotId = slot }, HttpStatusCode.NotFound, "recruitment.interview_unknown");
        await host.Anonymous.RefusedAsync(path, new { token, slotId = Guid.CreateVersion7() }, HttpStatusCode.UnprocessableEntity, "recruitment.interview_slot_unknown");
        var chosen = await host.Anonymous.DoneAsync(path, new { token, slotId = slot });
        Assert.Equal(("agreed", slot, "candidate"), (chosen["status"].Text(), chosen["chosenSlotId"].Text(), chosen["chosenBy"].Text()));
        await host.Anonymous.RefusedAsync(path, new { token, slotId = slot }, HttpStatusCode.Conflict, "recruitment.interview_not_open");
    }

    [Fact]
    public async Task Of_two_choices_that_race_for_one_interviewer_s_time_one_is_agreed()
    {
        var interviewer = Guid.CreateVersion7();
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
        var (id, interview) = await ProposedAsync(Guid.CreateVersion7(), Slot(24));
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
