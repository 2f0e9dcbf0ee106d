using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

internal enum CommuneCandidatureStatus
{
    Submitted,
    Accepted,
    Declined,
    Withdrawn,
    Merged,
}

/// <summary>The candidature of a commune: from the mairie's letter to the network's answer.</summary>
internal sealed partial record CommuneCandidature : WaitingDocument, IVisible<CommuneCandidature>
{
    public required string InseeCode { get; init; }

    public required string CommuneName { get; init; }

    public required string Departement { get; init; }

    /// <summary>What the letter called the commune, when that is no longer its name.</summary>
    public SentAs? SentAs { get; init; }

    public required CandidatureFacts Facts { get; init; }

    public required Eligibility Eligibility { get; init; }

    /// <summary>What was judged before, on other facts or by another registry.</summary>
    public ImmutableList<Eligibility> EarlierEligibilities { get; init; } = [];

    public required Priority Priority { get; init; }

    public EligibilityOverride? Override { get; init; }

    public CommuneCandidatureStatus Status { get; init; }

    /// <summary>The open candidature that the same commune has too, since communes merged.</summary>
    public Guid? DuplicateOf { get; init; }

    public Guid? MergedInto { get; init; }

    public required ImmutableList<CandidatureEvent> History { get; init; }

    /// <summary>The commune while the candidature awaits an answer, then nothing: its unique index allows one open candidature per commune.</summary>
    public string? OpenInseeCode => Status == CommuneCandidatureStatus.Submitted && DuplicateOf is null ? InseeCode : null;

    /// <summary>The order of priority, the oldest first among equals.</summary>
    public Guid RankKey => RankedPaging.KeyOf(Priority.Score, Id);

    /// <summary>By which weights, while it is open; null for what keeps the priority that it was decided with.</summary>
    public long? RankedBy => Status == CommuneCandidatureStatus.Submitted ? Priority.WeightsKey : null;

    string? IVisible<CommuneCandidature>.WritingDepartement => Departement;

    Antenne? IVisible<CommuneCandidature>.WritingAntenne => AntenneChosen ? Antenne : null;

    public static Expression<Func<CommuneCandidature, bool>>? VisibleTo(Holder holder) => holder.Kind switch
    {
        HolderKind.Staff => null,
        HolderKind.Mairie => CommuneFilter.IsOneOf<CommuneCandidature>(candidature => candidature.InseeCode, holder.InseeCodes),
        _ => Visibility.None<CommuneCandidature>(),
    };

    public static CommuneCandidature Submit(Guid id, CandidatureGround ground, CandidatureFacts facts, string actor, DateTimeOffset now) => new()
    {
        Id = id,
        InseeCode = ground.Commune.InseeCode,
        CommuneName = ground.Commune.Name,
        Departement = ground.Commune.Departement,
        SentAs = ground.SentAs,
        Antenne = ground.Antenne,
        Facts = facts,
        Eligibility = Eligibility.Of(ground.Commune, ground.RegistryYear, facts, now),
        Priority = Priority.Of(facts, ground.Weights),
        History = [new("submitted", now, actor, null)],
    };

    /// <param name="ground">What it would be judged by today: what was judged under a code that has ended says nothing of the commune that took it over.</param>
    /// <param name="takenIn">Whether the network has taken the commune in before.</param>
    /// <param name="again">Why it is taken in once more.</param>
    public Result<CommuneCandidature> Accept(CandidatureGround ground, bool takenIn, string? again, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open => open switch
    {
        { DuplicateOf: not null } => CommuneCandidatureErrors.Duplicate,
        _ when ground.Commune.InseeCode != open.InseeCode => CommuneCandidatureErrors.CommuneMerged,
        { Eligibility.Eligible: false, Override: null } => CommuneCandidatureErrors.NotEligible,
        _ when takenIn && again is null => CommuneCandidatureErrors.CommuneTakenIn,
        _ => open.Become(CommuneCandidatureStatus.Accepted, "accepted", now, actor, takenIn ? again : null),
    });

    public Result<CommuneCandidature> Decline(string reason, string actor, DateTimeOffset now) =>
        Open().Then<CommuneCandidature>(open => open.Become(CommuneCandidatureStatus.Declined, "declined", now, actor, reason));

    public Result<CommuneCandidature> Withdraw(string? reason, string actor, DateTimeOffset now) =>
        Open().Then<CommuneCandidature>(open => open.Become(CommuneCandidatureStatus.Withdrawn, "withdrawn", now, actor, reason));

    /// <summary>Lets a candidature be accepted against the criteria; the reason stays in the history.</summary>
    public Result<CommuneCandidature> OverrideEligibility(string reason, string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.Eligibility.Eligible
            ? CommuneCandidatureErrors.AlreadyEligible
            : open.Become(open.Status, "eligibilityOverridden", now, actor, reason) with { Override = new(reason, actor, now) });

    public CommuneCandidatureAccepted ToAccepted(DateTimeOffset now) => new(Id, InseeCode, CommuneName, Departement, now);

    public CommuneCandidatureDeclined ToDeclined(DateTimeOffset now) => new(Id, InseeCode, CommuneName, Departement, now);

    public CommuneCandidatureReopened ToReopened(DateTimeOffset now) => new(Id, InseeCode, CommuneName, Departement, now);

    private Result<CommuneCandidature> Open() => Status switch
    {
        CommuneCandidatureStatus.Submitted => this,
        CommuneCandidatureStatus.Accepted => CommuneCandidatureErrors.AlreadyAccepted,
        CommuneCandidatureStatus.Declined => CommuneCandidatureErrors.AlreadyDeclined,
        CommuneCandidatureStatus.Withdrawn => CommuneCandidatureErrors.AlreadyWithdrawn,
        _ => CommuneCandidatureErrors.AlreadyMerged,
    };

    private CommuneCandidature Become(CommuneCandidatureStatus status, string act, DateTimeOffset now, string? actor, string? reason, string? detail = null) =>
        this with { Status = status, History = History.Add(new(act, now, actor, reason, detail)) };

    private CommuneCandidature Note(string act, DateTimeOffset now, string? actor, string? reason = null, string? detail = null) =>
        Become(Status, act, now, actor, reason, detail);
}
