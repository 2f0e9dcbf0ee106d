using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

internal enum ImmersionStatus
{
    Booked,
    Completed,
    Cancelled,
}

/// <summary>What one of the two says of the days.</summary>
/// <param name="Actor">The client that wrote it down.</param>
internal sealed record Feedback([property: PersonalData] string Text, DateTimeOffset GivenAt, string Actor);

/// <summary>What was done, by which client when it was one, and why.</summary>
internal sealed record ImmersionEvent(string Act, DateTimeOffset At, string? Actor, [property: PersonalData] string? Reason);

/// <summary>Some days of a candidate in a café of the network.</summary>
internal sealed record Immersion : WaitingDocument, IVisible<Immersion>
{
    public required Guid CandidatureId { get; init; }

    /// <summary>Whom the café receives; null once they are to be forgotten.</summary>
    [PersonalData]
    public string? CandidateName { get; init; }

    public string? Departement { get; init; }

    /// <summary>That of the candidature.</summary>
    public Antenne? Antenne { get; init; }

    public required Guid HostCafeId { get; init; }

    /// <summary>The client of that café, when it has one.</summary>
    public Guid? HostClientId { get; init; }

    /// <summary>Days are those of Paris.</summary>
    public required DateOnly FirstDay { get; init; }

    public required DateOnly LastDay { get; init; }

    public ImmersionStatus Status { get; init; }

    public Feedback? HostFeedback { get; init; }

    public Feedback? CandidateFeedback { get; init; }

    public required ImmutableList<ImmersionEvent> History { get; init; }

    /// <summary>The merged candidature that it was booked for.</summary>
    public Guid? MergedFrom { get; init; }

    /// <summary>Whether the candidate goes no further: the café then reads the days and what it told itself, but nothing of the person.</summary>
    public bool Left { get; init; }

    /// <summary>The candidature while the immersion is not over, then nothing: its unique index allows one at a time.</summary>
    public Guid? OpenCandidatureId => Status == ImmersionStatus.Booked ? CandidatureId : null;

    /// <summary>What it waits for by itself.</summary>
    public override Wait? Wait => this switch
    {
        { Status: ImmersionStatus.Cancelled } => new(WaitingFor.ImmersionBooking, WaitingOn.Team, History[^1].At),
        { HostFeedback: null } => new(WaitingFor.HostFeedback, WaitingOn.HostCafe, LocalDays.End(LastDay)),
        { CandidateFeedback: null } => new(WaitingFor.CandidateFeedback, WaitingOn.Candidate, Later(LocalDays.End(LastDay), HostFeedback.GivenAt)),
        _ => new(WaitingFor.Presentation, WaitingOn.Team, History[^1].At),
    };

    string? IVisible<Immersion>.WritingDepartement => Departement;

    public static Expression<Func<Immersion, bool>>? VisibleTo(Holder holder)
    {
        var (client, opened) = (holder.ClientId, holder.Opened ?? Guid.Empty);
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Gerant => immersion => immersion.HostClientId == client,
            HolderKind.Public => immersion => immersion.CandidatureId == opened,
            _ => Visibility.None<Immersion>(),
        };
    }

    public static Immersion Book(Guid id, Guid candidatureId, string? departement, HostCafe cafe, DateOnly firstDay, DateOnly lastDay, string actor, DateTimeOffset now) => new()
    {
        Id = id,
        CandidatureId = candidatureId,
        Departement = departement,
        HostCafeId = cafe.Id,
        HostClientId = cafe.ClientId,
        FirstDay = firstDay,
        LastDay = lastDay,
        History = [new("booked", now, actor, null)],
    };

    public Result<Immersion> Cancel(string reason, string actor, DateTimeOffset now) =>
        Status == ImmersionStatus.Booked ? Become(ImmersionStatus.Cancelled, "cancelled", actor, reason, now) : ImmersionErrors.Over;

    /// <summary>It took place, be it cut short.</summary>
    public Result<Immersion> Complete(string actor, DateOnly today, DateTimeOffset now) =>
        Status != ImmersionStatus.Booked ? ImmersionErrors.Over
        : FirstDay > today ? ImmersionErrors.NotBegun
        : End(actor, today, now);

    /// <summary>The candidate goes no further: what has begun ends, and the rest does not take place.</summary>
    public Immersion CallOff(string? actor, DateOnly today, DateTimeOffset now) =>
        Status != ImmersionStatus.Booked ? this : FirstDay > today ? Become(ImmersionStatus.Cancelled, "cancelled", actor, null, now) : End(actor, today, now);

    public Result<Immersion> HearHost(string text, string actor, DateOnly today, DateTimeOffset now) => Begun(today).Then<Immersion>(immersion =>
        immersion.HostFeedback is null ? immersion.Become(Status, "hostHeard", actor, null, now) with { HostFeedback = new(text, now, actor) } : ImmersionErrors.AlreadyHeard);

    public Result<Immersion> HearCandidate(string text, string actor, DateOnly today, DateTimeOffset now) => Begun(today).Then<Immersion>(immersion =>
        immersion.CandidateFeedback is null ? immersion.Become(Status, "candidateHeard", actor, null, now) with { CandidateFeedback = new(text, now, actor) } : ImmersionErrors.AlreadyHeard);

    /// <summary>Is filed where its candidature is, and goes along with one that is merged into another.</summary>
    public Immersion Follow(GerantCandidature candidature) => this with
    {
        CandidatureId = candidature.Id,
        CandidateName = candidature.Applicant.Name is { Length: > 0 } name ? name : null,
        MergedFrom = MergedFrom ?? (CandidatureId == candidature.Id ? null : CandidatureId),
        Departement = candidature.Departement,
        Antenne = candidature.Antenne,
        Left = !candidature.Stage.IsOnPath(),
    };

    /// <summary>The café has another client: what is to come is theirs, and what they have still to tell of; what is over stays whose it was.</summary>
    public Immersion HandOver(HostCafe cafe) =>
        this is { DeletedAt: null } and ({ Status: ImmersionStatus.Booked } or { Status: ImmersionStatus.Completed, HostFeedback: null }) ? this with { HostClientId = cafe.ClientId } : this;

    /// <summary>That it took place stays, what was said goes.</summary>
    public Immersion Forget() => this with { CandidateName = null, HostFeedback = null, CandidateFeedback = null, History = [.. History.Select(done => done with { Reason = null })] };

    private Result<Immersion> Begun(DateOnly today) =>
        Status == ImmersionStatus.Cancelled ? ImmersionErrors.Over : FirstDay > today ? ImmersionErrors.NotBegun : this;

    private Immersion End(string? actor, DateOnly today, DateTimeOffset now) =>
        Become(ImmersionStatus.Completed, "completed", actor, null, now) with { LastDay = LastDay < today ? LastDay : today };

    private Immersion Become(ImmersionStatus status, string act, string? actor, string? reason, DateTimeOffset now) =>
        this with { Status = status, History = History.Add(new(act, now, actor, reason)) };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
