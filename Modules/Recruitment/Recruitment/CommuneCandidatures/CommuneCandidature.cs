using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

internal enum CommuneCandidatureStatus
{
    Submitted,
    Accepted,
    Declined,
    Withdrawn,
}

/// <summary>What was done to the candidature, by which key, and why when a reason is asked for.</summary>
internal sealed record CandidatureEvent(string Act, DateTimeOffset At, string Actor, string? Reason);

/// <summary>The candidature of a commune: from the mairie's letter to the network's answer.</summary>
internal sealed record CommuneCandidature : Document, IVisible<CommuneCandidature>
{
    public required string InseeCode { get; init; }

    public required string CommuneName { get; init; }

    public required string Departement { get; init; }

    public required CandidatureFacts Facts { get; init; }

    public required Eligibility Eligibility { get; init; }

    public required Priority Priority { get; init; }

    public EligibilityOverride? Override { get; init; }

    public CommuneCandidatureStatus Status { get; init; }

    public required ImmutableList<CandidatureEvent> History { get; init; }

    /// <summary>The commune while the candidature awaits an answer, then nothing: its unique index allows one open candidature per commune.</summary>
    public string? OpenInseeCode => Status == CommuneCandidatureStatus.Submitted ? InseeCode : null;

    string? IVisible<CommuneCandidature>.WritingDepartement => Departement;

    public static Expression<Func<CommuneCandidature, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.InseeCode;
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Mairie => candidature => candidature.InseeCode == own,
            _ => Visibility.None<CommuneCandidature>(),
        };
    }

    public static CommuneCandidature Submit(Guid id, Commune commune, int registryYear, CandidatureFacts facts, string actor, DateTimeOffset now) => new()
    {
        Id = id,
        InseeCode = commune.InseeCode,
        CommuneName = commune.Name,
        Departement = commune.Departement,
        Facts = facts,
        Eligibility = Eligibility.Of(commune, registryYear, facts),
        Priority = Priority.Of(facts),
        History = [new("submitted", now, actor, null)],
    };

    public Result<CommuneCandidature> Accept(string actor, DateTimeOffset now) => Open().Then<CommuneCandidature>(open =>
        open.Eligibility.Eligible || open.Override is not null
            ? open.Become(CommuneCandidatureStatus.Accepted, "accepted", now, actor, null)
            : CommuneCandidatureErrors.NotEligible);

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

    private Result<CommuneCandidature> Open() => Status switch
    {
        CommuneCandidatureStatus.Submitted => this,
        CommuneCandidatureStatus.Accepted => CommuneCandidatureErrors.AlreadyAccepted,
        CommuneCandidatureStatus.Declined => CommuneCandidatureErrors.AlreadyDeclined,
        _ => CommuneCandidatureErrors.AlreadyWithdrawn,
    };

    private CommuneCandidature Become(CommuneCandidatureStatus status, string act, DateTimeOffset now, string actor, string? reason) =>
        this with { Status = status, History = History.Add(new(act, now, actor, reason)) };
}
