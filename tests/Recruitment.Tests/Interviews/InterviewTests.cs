using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.Interviews;

public sealed class InterviewTests
{
    private const string Actor = "00000000-0000-7000-8000-000000000001";

    private static readonly DateTimeOffset Now = new(2026, 4, 3, 9, 30, 0, TimeSpan.Zero);
    private static readonly Guid Interviewer = Guid.CreateVersion7(Now);

    private static readonly Dictionary<string, Func<Interview, Result<Interview>>> Acts = new()
    {
        ["choose"] = one => one.Choose(one.Slots[0].Id, InterviewParty.Network, Actor, Now),
        ["move"] = one => one.Move([Slot(30)], "Grève des trains", Actor, Now),
        ["cancel"] = one => one.Cancel("Le candidat est souffrant.", Actor, Now),
        ["hold"] = one => one.Hold("Veut reprendre le bar.", Actor, Now.AddDays(2)),
        ["absent"] = one => one.NoteAbsence(InterviewParty.Candidate, null, Actor, Now.AddDays(2)),
    };

    private static readonly Dictionary<InterviewStatus, Interview> At = new()
    {
        [InterviewStatus.Proposed] = Proposed(),
        [InterviewStatus.Agreed] = Acts["choose"](Proposed()).Value,
        [InterviewStatus.Held] = Acts["hold"](Acts["choose"](Proposed()).Value).Value,
        [InterviewStatus.Absent] = Acts["absent"](Acts["choose"](Proposed()).Value).Value,
        [InterviewStatus.Cancelled] = Acts["cancel"](Proposed()).Value,
    };

    // What each act leads to from where it may be done; from anywhere else it is refused
    private static readonly Dictionary<(InterviewStatus From, string Act), InterviewStatus> Allowed = new()
    {
        [(InterviewStatus.Proposed, "choose")] = InterviewStatus.Agreed,
        [(InterviewStatus.Proposed, "move")] = InterviewStatus.Proposed,
        [(InterviewStatus.Agreed, "move")] = InterviewStatus.Proposed,
        [(InterviewStatus.Proposed, "cancel")] = InterviewStatus.Cancelled,
        [(InterviewStatus.Agreed, "cancel")] = InterviewStatus.Cancelled,
        [(InterviewStatus.Agreed, "hold")] = InterviewStatus.Held,
        [(InterviewStatus.Agreed, "absent")] = InterviewStatus.Absent,
    };

    public static TheoryData<string, string> EveryActFromEveryStatus => new(from status in Enum.GetValues<InterviewStatus>() from act in Acts.Keys select (status.ToString(), act));

    [Theory]
    [MemberData(nameof(EveryActFromEveryStatus))]
    public void Every_act_is_done_where_it_may_be_and_refused_elsewhere(string from, string act)
    {
        var interview = At[Enum.Parse<InterviewStatus>(from)];
        var outcome = Acts[act](interview);

        if (Allowed.TryGetValue((interview.Status, act), out var next))
        {
            Assert.Equal(next, outcome.Value.Status);
            Assert.Equal(interview.History.Count + 1, outcome.Value.History.Count);
        }
        else
        {
            Assert.NotNull(outcome.Error);
        }
    }

    [Fact]
    public void The_candidate_chooses_no_slot_that_has_passed_while_the_team_may_note_one()
    {
        var interview = Proposed(Slot(-2), Slot(24));

        Assert.Same(InterviewErrors.SlotPassed, interview.Choose(interview.Slots[0].Id, InterviewParty.Candidate, null, Now).Error);
        Assert.Equal(InterviewParty.Candidate, interview.Choose(interview.Slots[1].Id, InterviewParty.Candidate, null, Now).Value.ChosenBy);
        Assert.Equal(InterviewStatus.Agreed, interview.Choose(interview.Slots[0].Id, InterviewParty.Network, Actor, Now).Value.Status);
        Assert.Same(InterviewErrors.SlotUnknown, interview.Choose(Guid.CreateVersion7(Now), InterviewParty.Network, Actor, Now).Error);
    }

    [Fact]
    public void Nothing_is_told_of_an_interview_before_it_begins()
    {
        var agreed = At[InterviewStatus.Agreed];

        Assert.Same(InterviewErrors.NotBegun, agreed.Hold("Rien", Actor, Now).Error);
        Assert.Same(InterviewErrors.NotBegun, agreed.NoteAbsence(InterviewParty.Network, null, Actor, Now).Error);
    }

    [Fact]
    public void Whoever_leaves_is_called_off_unless_it_has_begun()
    {
        Assert.Equal(InterviewStatus.Cancelled, At[InterviewStatus.Proposed].CallOff(null, Now).Status);
        Assert.Equal(InterviewStatus.Cancelled, At[InterviewStatus.Agreed].CallOff(null, Now).Status);
        Assert.Equal(InterviewStatus.Agreed, At[InterviewStatus.Agreed].CallOff(null, Now.AddDays(2)).Status);
        Assert.Equal(InterviewStatus.Held, At[InterviewStatus.Held].CallOff(null, Now).Status);
    }

    [Fact]
    public void A_candidate_is_told_of_what_was_agreed_and_is_off_and_of_nothing_else()
    {
        var agreed = At[InterviewStatus.Agreed];

        Assert.Equal(new(agreed.Id, agreed.Chosen!.StartsAt, Moved: true), agreed.ToCalledOff(Acts["move"](agreed).Value, Now));
        Assert.Equal(new(agreed.Id, agreed.Chosen.StartsAt, Moved: false), agreed.ToCalledOff(Acts["cancel"](agreed).Value, Now));
        Assert.Null(agreed.ToCalledOff(Acts["cancel"](agreed).Value, Now.AddDays(2)));
        Assert.Null(agreed.ToCalledOff(Acts["hold"](agreed).Value, Now));
        Assert.Null(At[InterviewStatus.Proposed].ToCalledOff(At[InterviewStatus.Cancelled], Now));
    }

    [Fact]
    public void Slots_that_overlap_are_not_proposed_and_one_may_begin_when_another_ends()
    {
        Assert.Same(InterviewErrors.SlotsOverlap, Propose(Slot(24), Slot(24.5)).Error);
        Assert.Same(InterviewErrors.SlotsOverlap, Proposed().Move([Slot(24), Slot(24.5)], "Grève", Actor, Now).Error);
        Assert.Null(Propose(Slot(24), Slot(25)).Error);
    }

    [Fact]
    public void However_slots_are_chosen_moved_and_cancelled_no_two_of_one_interviewer_overlap() =>
        Prop.ForAll(Gen.Choose(0, 60).ListOf().ToArbitrary(), starts =>
        {
            var (agenda, agreed) = (new InterviewerAgenda { Id = Interviewer }, new List<Interview>());
            foreach (var start in starts)
            {
                var interview = Proposed(Slot(24 + (start / 4.0)));
                interview = interview.Choose(interview.Slots[0].Id, InterviewParty.Network, Actor, Now).Value;
                if (agenda.Take(interview, Now) is { Error: null } taken)
                {
                    (agenda, _) = (taken.Value, 0);
                    agreed.Add(interview);
                }
                else
                {
                    Assert.Contains(agreed, other => other.Chosen!.Span.Overlaps(interview.Chosen!.Span));
                }

                if (start % 7 == 0 && agreed.Count > 0)
                {
                    agenda = agenda.Free(agreed[0].Id, Now);
                    agreed.RemoveAt(0);
                }
            }

            return !Busy.AnyOverlap([.. agenda.Appointments.Select(one => one.Span)]) && agenda.Appointments.Count == agreed.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_agenda_forgets_what_is_long_over()
    {
        var interview = Proposed();
        interview = interview.Choose(interview.Slots[0].Id, InterviewParty.Network, Actor, Now).Value;
        var agenda = new InterviewerAgenda { Id = Interviewer }.Take(interview, Now).Value;

        Assert.Empty(agenda.Free(Guid.CreateVersion7(Now), Now.AddDays(9)).Appointments);
    }

    [Fact]
    public void What_is_forgotten_keeps_no_words_about_the_person()
    {
        var held = At[InterviewStatus.Held].Forget();

        Assert.Equal((InterviewStatus.Held, null), (held.Status, held.Summary));
        Assert.All(held.History, done => Assert.Null(done.Reason));
    }

    private static InterviewSlot Slot(double inHours) => new(Guid.CreateVersion7(Now), Now.AddHours(inHours), 60, "Mairie de Sénergues", null);

    private static Interview Proposed(params InterviewSlot[] slots) => Propose(slots is [] ? [Slot(24), Slot(48)] : slots).Value;

    private static Result<Interview> Propose(params InterviewSlot[] slots) =>
        Interview.Propose(Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "12", Interviewer, [.. slots], Actor, Now);
}
