using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

internal enum InterviewStatus
{
    /// <summary>Slots are proposed, none is chosen.</summary>
    Proposed,

    /// <summary>One is chosen.</summary>
    Agreed,
    Held,
    Absent,
    Cancelled,
}

/// <summary>Who chose a slot, or told of something.</summary>
internal enum InterviewParty
{
    Candidate,
    Network,
}

/// <summary>A time that suits the interviewer, at a place or behind a link.</summary>
internal sealed record InterviewSlot(Guid Id, DateTimeOffset StartsAt, int Minutes, [property: PersonalData] string? Place, [property: PersonalData] string? Link)
{
    public Busy Span => new(StartsAt, StartsAt.AddMinutes(Minutes));
}

/// <summary>What was done, by which client when it was one, and why.</summary>
internal sealed record InterviewEvent(string Act, DateTimeOffset At, string? Actor, [property: PersonalData] string? Reason);

/// <summary>A conversation between a candidate and one of the network.</summary>
internal sealed partial record Interview : WaitingDocument, IVisible<Interview>
{
    public required Guid CandidatureId { get; init; }

    public string? Departement { get; init; }

    /// <summary>The client of who asks the questions; two of their interviews never overlap.</summary>
    public required Guid InterviewerId { get; init; }

    public InterviewStatus Status { get; init; }

    public required ImmutableList<InterviewSlot> Slots { get; init; }

    public Guid? ChosenSlotId { get; init; }

    public InterviewParty? ChosenBy { get; init; }

    /// <summary>What was said, in the words of the interviewer.</summary>
    [PersonalData]
    public string? Summary { get; init; }

    public InterviewParty? AbsentParty { get; init; }

    public required ImmutableList<InterviewEvent> History { get; init; }

    public InterviewSlot? Chosen => Slots.Find(slot => slot.Id == ChosenSlotId);

    /// <summary>What it waits for by itself.</summary>
    public override Wait? Wait => Status switch
    {
        InterviewStatus.Proposed => new(WaitingFor.SlotChoice, WaitingOn.Candidate, History[^1].At),
        InterviewStatus.Agreed => new(WaitingFor.InterviewReport, WaitingOn.Team, Chosen!.Span.To),
        InterviewStatus.Absent or InterviewStatus.Cancelled => new(WaitingFor.InterviewProposal, WaitingOn.Team, History[^1].At),
        _ => new(WaitingFor.ImmersionBooking, WaitingOn.Team, History[^1].At),
    };

    string? IVisible<Interview>.WritingDepartement => Departement;

    public static Expression<Func<Interview, bool>>? VisibleTo(Holder holder)
    {
        var opened = holder.Opened ?? Guid.Empty;
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Public => interview => interview.Id == opened || interview.CandidatureId == opened,
            _ => Visibility.None<Interview>(),
        };
    }

    public static Result<Interview> Propose(Guid id, Guid candidatureId, string? departement, Guid interviewerId, ImmutableList<InterviewSlot> slots, string actor, DateTimeOffset now) =>
        Busy.AnyOverlap([.. slots.Select(slot => slot.Span)])
            ? InterviewErrors.SlotsOverlap
            : new Interview
            {
                Id = id,
                CandidatureId = candidatureId,
                Departement = departement,
                InterviewerId = interviewerId,
                Slots = slots,
                History = [new("proposed", now, actor, null)],
            };

    /// <summary>Agrees on a slot; the team may note one that has passed, the candidate may not.</summary>
    public Result<Interview> Choose(Guid? slotId, InterviewParty by, string? actor, DateTimeOffset now) =>
        Status != InterviewStatus.Proposed ? InterviewErrors.NotOpen
        : Slots.Find(slot => slot.Id == slotId) is not { } slot ? InterviewErrors.SlotUnknown
        : by == InterviewParty.Candidate && slot.StartsAt <= now ? InterviewErrors.SlotPassed
        : Become(InterviewStatus.Agreed, "chosen", actor, null, now) with { ChosenSlotId = slotId, ChosenBy = by };

    /// <summary>Other slots instead, be one chosen or not; those of before stay in the audit.</summary>
    public Result<Interview> Move(ImmutableList<InterviewSlot> slots, string reason, string actor, DateTimeOffset now) =>
        !IsOpen ? InterviewErrors.Over
        : Busy.AnyOverlap([.. slots.Select(slot => slot.Span)]) ? InterviewErrors.SlotsOverlap
        : Become(InterviewStatus.Proposed, "moved", actor, reason, now) with { Slots = slots, ChosenSlotId = null, ChosenBy = null };

    public Result<Interview> Cancel(string reason, string actor, DateTimeOffset now) =>
        IsOpen ? Become(InterviewStatus.Cancelled, "cancelled", actor, reason, now) : InterviewErrors.Over;

    public Result<Interview> Hold(string summary, string actor, DateTimeOffset now) => Begun(now).Then<Interview>(interview =>
        interview.Become(InterviewStatus.Held, "held", actor, null, now) with { Summary = summary });

    public Result<Interview> NoteAbsence(InterviewParty party, string? reason, string actor, DateTimeOffset now) => Begun(now).Then<Interview>(interview =>
        interview.Become(InterviewStatus.Absent, "absent", actor, reason, now) with { AbsentParty = party });

    /// <summary>That it was held stays; what was said, and where, goes.</summary>
    public Interview Forget() => this with
    {
        Summary = null,
        Slots = [.. Slots.Select(slot => slot with { Place = null, Link = null })],
        History = [.. History.Select(done => done with { Reason = null })],
    };

    /// <summary>What the candidate may still choose.</summary>
    public IEnumerable<InterviewSlot> SlotsToCome(InterviewerAgenda? agenda, DateTimeOffset now) =>
        Slots.Where(slot => slot.StartsAt > now && agenda?.IsTaken(slot.Span, Id) is not true);

    private bool IsOpen => Status is InterviewStatus.Proposed or InterviewStatus.Agreed;

    private Result<Interview> Begun(DateTimeOffset now) =>
        Status != InterviewStatus.Agreed ? InterviewErrors.NotAgreed : Chosen!.StartsAt > now ? InterviewErrors.NotBegun : this;

    private Interview Become(InterviewStatus status, string act, string? actor, string? reason, DateTimeOffset now) =>
        this with { Status = status, History = History.Add(new(act, now, actor, reason)) };
}
