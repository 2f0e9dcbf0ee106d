using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>How a candidate behaves, seen by several: the only thing a choice may rest upon, and no sum of it excludes anyone.</summary>
internal sealed record Scorecard : WaitingDocument, IVisible<Scorecard>
{
    public required Guid CandidatureId { get; init; }

    public string? Departement { get; init; }

    /// <summary>That of the candidature.</summary>
    public Antenne? Antenne { get; init; }

    public required ImmutableList<Observer> Observers { get; init; }

    /// <summary>When the last of those invited, two at least, had given theirs; since then all see all, and nothing changes.</summary>
    public DateTimeOffset? RevealedAt { get; init; }

    /// <summary>Whether the team has made up its mind about the candidate: what was given can then be read by the team, and nobody gives theirs any more.</summary>
    public bool Decided { get; init; }

    /// <summary>When a decision first let the team read what had been given before the reveal; null when none did. It then stands, and nobody else of the team comes to observe.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Whether the candidate goes no further: observers outside the team then read again what they gave, and of the others only that they gave theirs.</summary>
    public bool Left { get; init; }

    /// <summary>The merged candidature that it was written for; null when it was written for this one.</summary>
    public Guid? MergedFrom { get; init; }

    /// <summary>Its unique index allows one scorecard a candidature; what came with a merged one is kept beside it.</summary>
    public Guid? OwnCandidatureId => MergedFrom is null ? CandidatureId : null;

    /// <summary>The clients of those who observe now.</summary>
    public IReadOnlyList<Guid> ObserverClients => [.. Present.Select(observer => observer.ClientId)];

    private IEnumerable<Observer> Present => Observers.Where(observer => observer.ReplacedBy is null);

    /// <summary>Whether it is revealed, and two at least saw something; an earlier version took what said of no behaviour how it was.</summary>
    internal bool IsSeenByTwo => RevealedAt is not null && Present.Count(observer => observer.Observations.Exists(one => one.Level is not null)) >= OpenScorecardValidator.FewestForReveal;

    /// <summary>What it waits for by itself.</summary>
    public override Wait? Wait =>
        RevealedAt is not null ? null
        : Present.Where(Awaits).Select(observer => (DateTimeOffset?)observer.InvitedAt).Min() is { } since ? new(WaitingFor.Observations, WaitingOn.Observer, since)
        : new(WaitingFor.AnotherObserver, WaitingOn.Team, Present.Max(observer => observer.GivenAt!.Value));

    string? IVisible<Scorecard>.WritingDepartement => Departement;

    public static Expression<Func<Scorecard, bool>>? VisibleTo(Holder holder)
    {
        var (client, opened) = (holder.ClientId, holder.Opened ?? Guid.Empty);
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Public => card => card.CandidatureId == opened,
            _ => card => card.ObserverClients.Contains(client),
        };
    }

    public static Result<Scorecard> Open(Guid id, Guid candidatureId, string? departement, IReadOnlyList<(ObserverRole Role, Guid ClientId)> observers, DateTimeOffset now) =>
        observers.DistinctBy(observer => observer.ClientId).Count() == observers.Count
            ? new Scorecard
            {
                Id = id,
                CandidatureId = candidatureId,
                Departement = departement,
                Observers = [.. observers.Select(observer => new Observer(Guid.CreateVersion7(now), observer.Role, observer.ClientId, now))],
            }
            : ScorecardErrors.AlreadyObserves;

    public bool Awaits(Observer observer) => RevealedAt is null && observer is { GivenAt: null, ReplacedBy: null };

    /// <summary>Whether a client is still to give theirs: now, or once a decision is corrected.</summary>
    public bool AwaitsFrom(Guid clientId) => Observers.Exists(one => one.ClientId == clientId && Awaits(one));

    public Result<Scorecard> Invite(ObserverRole role, Guid clientId, DateTimeOffset now) =>
        RevealedAt is not null ? ScorecardErrors.Revealed
        : ObserverClients.Contains(clientId) ? ScorecardErrors.AlreadyObserves
        : MayHaveRead(role) ? ScorecardErrors.TeamMayHaveRead
        : Present.Count() >= OpenScorecardValidator.Most ? ScorecardErrors.TooMany
        : this with { Observers = Observers.Add(new(Guid.CreateVersion7(now), role, clientId, now)) };

    /// <summary>Each behaviour once; again before the reveal, what was given last counts, as long as there is something to decide by it.</summary>
    public Result<Scorecard> Give(Guid clientId, IReadOnlyList<Observation> observations, DateTimeOffset now) =>
        RevealedAt is not null ? ScorecardErrors.Revealed
        : Decided ? ScorecardErrors.Decided
        : Present.FirstOrDefault(one => one.ClientId == clientId) is not { } observer ? ScorecardErrors.NotAnObserver
        : observer.GivenAt <= OpenedAt ? ScorecardErrors.GivenStands
        : !observations.Select(one => one.Behaviour).Order().SequenceEqual(Behaviours.All) ? ScorecardErrors.NotEachBehaviour
        : observations.All(one => one.Level is null) ? ScorecardErrors.NothingSeen
        : With(Observers.Replace(observer, observer with { Observations = [.. observations.OrderBy(one => one.Behaviour)], GivenAt = now }), now);

    /// <summary>Somebody else observes instead; what the first may have given is kept unseen, and counts no more.</summary>
    public Result<Scorecard> Replace(Guid observerId, ObserverRole role, Guid clientId, string reason, string actor, DateTimeOffset now)
    {
        if (RevealedAt is not null || Present.FirstOrDefault(one => one.Id == observerId) is not { } observer)
        {
            return RevealedAt is not null ? ScorecardErrors.Revealed : ScorecardErrors.ObserverUnknown;
        }

        var next = new Observer(Guid.CreateVersion7(now), role, clientId, now);
        return ObserverClients.Contains(clientId)
            ? ScorecardErrors.AlreadyObserves
            : MayHaveRead(role) ? ScorecardErrors.TeamMayHaveRead
            : this with { Observers = Observers.Replace(observer, observer with { ReplacedBy = new(next.Id, reason, actor, now) }).Add(next) };
    }

    /// <summary>Is filed where its candidature is, and goes along with one that is merged into another.</summary>
    public Scorecard Follow(GerantCandidature candidature) => this with
    {
        CandidatureId = candidature.Id,
        MergedFrom = MergedFrom ?? (CandidatureId == candidature.Id ? null : CandidatureId),
        Departement = candidature.Departement,
        Antenne = candidature.Antenne,
        Decided = !candidature.IsUnderSelection(),
        OpenedAt = OpenedAt ?? (RevealedAt is null && !candidature.IsUnderSelection() && Present.Any(observer => observer.GivenAt is not null) ? candidature.StageSince : null),
        Left = !candidature.Stage.IsOnPath(),
    };

    /// <summary>The figures stay, the words about the person go.</summary>
    public Scorecard Forget() => this with
    {
        Observers = [.. Observers.Select(observer => observer with
        {
            Observations = [.. observer.Observations.Select(one => one with { Note = null })],
            ReplacedBy = observer.ReplacedBy is { } replaced ? replaced with { Reason = "" } : null,
        })],
    };

    private bool MayHaveRead(ObserverRole role) => OpenedAt is not null && role == ObserverRole.Staff;

    private Scorecard With(ImmutableList<Observer> observers, DateTimeOffset now)
    {
        var next = this with { Observers = observers };
        return next.Present.Count() >= OpenScorecardValidator.FewestForReveal && next.Present.All(observer => observer.GivenAt is not null) ? next with { RevealedAt = now } : next;
    }
}
