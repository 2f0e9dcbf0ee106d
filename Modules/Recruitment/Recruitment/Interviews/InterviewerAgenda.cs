using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>A span of time that is taken.</summary>
internal sealed record Busy(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>One may begin when the other ends.</summary>
    public bool Overlaps(Busy other) => From < other.To && other.From < To;

    public static bool AnyOverlap(IReadOnlyList<Busy> spans)
    {
        var sorted = spans.OrderBy(span => span.From).ToList();
        return sorted.Zip(sorted.Skip(1)).Any(pair => pair.First.Overlaps(pair.Second));
    }
}

/// <summary>An interview in an agenda.</summary>
internal sealed record Appointment(Guid InterviewId, DateTimeOffset From, DateTimeOffset To)
{
    public Busy Span => new(From, To);
}

/// <summary>What one interviewer has agreed to: every choice of a slot writes here, so two that race cannot both be taken.</summary>
internal sealed record InterviewerAgenda : Document, IVisible<InterviewerAgenda>
{
    // What is over cannot overlap with what is chosen now
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public ImmutableList<Appointment> Appointments { get; init; } = [];

    public static Expression<Func<InterviewerAgenda, bool>>? VisibleTo(Holder holder) =>
        holder.Kind is HolderKind.Staff or HolderKind.Public ? null : Visibility.None<InterviewerAgenda>();

    public bool IsTaken(Busy span, Guid interviewId) => Appointments.Any(other => other.InterviewId != interviewId && other.Span.Overlaps(span));

    /// <summary>Whether none of the slots of an interview is free.</summary>
    public bool LacksTimeFor(Interview interview) => interview.Slots.All(slot => IsTaken(slot.Span, interview.Id));

    /// <summary>Takes the chosen slot; whatever the interview had before is free again.</summary>
    public Result<InterviewerAgenda> Take(Interview interview, DateTimeOffset now)
    {
        var span = interview.Chosen!.Span;
        return IsTaken(span, interview.Id) ? InterviewErrors.InterviewerTaken : Free(interview.Id, now).With(new(interview.Id, span.From, span.To));
    }

    public InterviewerAgenda Free(Guid interviewId, DateTimeOffset now) =>
        this with { Appointments = Appointments.RemoveAll(one => one.InterviewId == interviewId || one.To < now - Kept) };

    private InterviewerAgenda With(Appointment appointment) => this with { Appointments = Appointments.Add(appointment) };
}

/// <summary>Reads and writes agendas beside the interviews.</summary>
internal static class Agendas
{
    /// <summary>Writes what the interview takes of its interviewer's time, or gives back.</summary>
    public static async Task<Error?> NoteAsync(this ModuleSession<IRecruitmentStore> session, Interview interview, DateTimeOffset now, CancellationToken token)
    {
        var known = await session.LoadAsync<InterviewerAgenda>(interview.InterviewerId, token);
        var agenda = known ?? new InterviewerAgenda { Id = interview.InterviewerId };
        var next = interview.Status == InterviewStatus.Agreed ? agenda.Take(interview, now) : agenda.Free(interview.Id, now);
        if (next.IsRefused(out var taken))
        {
            return taken;
        }

        if (known is null)
        {
            session.Insert(next.Value);
        }
        else
        {
            session.Update(next.Value);
        }

        return null;
    }

    /// <summary>An act on an interview that changes what its interviewer has time for.</summary>
    public static async Task<Result<InterviewView>> DecideAsync(
        this ModuleSession<IRecruitmentStore> session, Guid id, Func<Interview, Result<Interview>> decide, DateTimeOffset now, CancellationToken token, bool mails = false)
    {
        if (await session.LoadAsync<Interview>(id, token) is not { } interview)
        {
            return InterviewErrors.Unknown;
        }

        if (decide(interview) is var decision && decision.IsRefused(out var refused))
        {
            return refused;
        }

        if (await session.NoteAsync(decision.Value, now, token) is { } taken)
        {
            return taken;
        }

        session.Update(decision.Value);
        if (interview.ToCalledOff(decision.Value, now) is { } calledOff)
        {
            await session.PublishAsync(calledOff);
        }

        if (interview.Status == InterviewStatus.Proposed && decision.Value.Status == InterviewStatus.Agreed)
        {
            await session.PublishAsync(new InterviewAgreed(id));
        }

        if (mails)
        {
            await session.PublishAsync(new InterviewProposed(id));
        }

        return await session.CommitAsync(InterviewView.Of(decision.Value), token, CommonErrors.ChangedMeanwhile);
    }
}
