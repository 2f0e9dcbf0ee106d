using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Organisations;

namespace MilleCafes.Recruitment.CafeCandidatures;

internal enum CafeCandidatureStatus
{
    Submitted,
    Accepted,
    Declined,
    Withdrawn,
}

/// <summary>What was done to the candidature, by which client, and why when a reason is asked for.</summary>
/// <param name="Detail">What cannot be read from the act alone, such as a former code; nothing about persons.</param>
internal sealed record CafeCandidatureEvent(string Act, DateTimeOffset At, string Actor, [property: PersonalData] string? Reason, string? Detail = null)
{
    /// <summary>Whether its reason is written for those who apply too, or by them.</summary>
    internal bool TellsReason => Act is "accepted" or "declined" or "withdrawn";
}

/// <summary>The candidature of a café that is there already: from its gérant's letter to the network's answer.</summary>
internal sealed partial record CafeCandidature : WaitingDocument, IVisible<CafeCandidature>
{
    private const string ContactErased = "contactErased";

    public required string Siret { get; init; }

    public required string InseeCode { get; init; }

    public required string CommuneName { get; init; }

    public required string Departement { get; init; }

    /// <summary>The client that sent it: a gérant sees what their own sent.</summary>
    public required Guid SubmittedBy { get; init; }

    public required CafeFacts Facts { get; init; }

    public required CafeEligibility Eligibility { get; init; }

    /// <summary>What was judged before, on other facts or by another registry.</summary>
    public ImmutableList<CafeEligibility> EarlierEligibilities { get; init; } = [];

    public CafeEligibilityOverride? Override { get; init; }

    public CafeCandidatureStatus Status { get; init; }

    public required ImmutableList<CafeCandidatureEvent> History { get; init; }

    /// <summary>The SIRET while the candidature awaits an answer, then nothing: its unique index allows one open candidature per café.</summary>
    public string? OpenSiret => Status == CafeCandidatureStatus.Submitted ? Siret : null;

    /// <summary>Whether it is eligible, as a word: what is not true cannot be looked up in an index.</summary>
    public string EligibleKey => CommuneCandidature.KeyOf(Eligibility.Eligible);

    /// <summary>What it waits for by itself.</summary>
    public override Wait? Wait => Status == CafeCandidatureStatus.Submitted ? new(WaitingFor.Decision, WaitingOn.Team, History[0].At) : null;

    string? IVisible<CafeCandidature>.WritingDepartement => Departement;

    public static Expression<Func<CafeCandidature, bool>>? VisibleTo(Holder holder)
    {
        var client = holder.ClientId;
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Mairie => CommuneFilter.IsOneOf<CafeCandidature>(candidature => candidature.InseeCode, holder.InseeCodes),
            HolderKind.Gerant => candidature => candidature.SubmittedBy == client,
            _ => Visibility.None<CafeCandidature>(),
        };
    }

    public static CafeCandidature Submit(Guid id, Siret siret, Commune commune, int registryYear, CafeFacts facts, Guid client, DateTimeOffset now) => new()
    {
        Id = id,
        Siret = siret.Value,
        InseeCode = commune.InseeCode,
        CommuneName = commune.Name,
        Departement = commune.Departement,
        SubmittedBy = client,
        Facts = facts,
        Eligibility = CafeEligibility.Of(commune, registryYear, facts, now),
        History = [new("submitted", now, $"{client}", null)],
    };

    /// <summary>As its sender or the team may act on it: whoever else sees it may read it alone.</summary>
    internal Result<CafeCandidature> For(Holder holder) => holder.IsStaff || holder.ClientId == SubmittedBy ? this : CafeCandidatureErrors.OfItsSender;

    /// <param name="commune">Today's: what was judged under a code that has ended says nothing of the commune that took it over.</param>
    /// <param name="takenIn">Whether the network has taken this café in before.</param>
    /// <param name="again">Why it is taken in once more.</param>
    public Result<CafeCandidature> Accept(Commune commune, bool takenIn, string? again, string actor, DateTimeOffset now) => Open().Then<CafeCandidature>(open => open switch
    {
        _ when commune.InseeCode != open.InseeCode => CafeCandidatureErrors.CommuneMerged,
        { Eligibility.Eligible: false, Override: null } => CafeCandidatureErrors.NotEligible,
        _ when takenIn && again is null => CafeCandidatureErrors.CafeTakenIn,
        _ => open.Become(CafeCandidatureStatus.Accepted, "accepted", now, actor, takenIn ? again : null),
    });

    public Result<CafeCandidature> Decline(string reason, string actor, DateTimeOffset now) =>
        Open().Then<CafeCandidature>(open => open.Become(CafeCandidatureStatus.Declined, "declined", now, actor, reason));

    public Result<CafeCandidature> Withdraw(string? reason, string actor, DateTimeOffset now) =>
        Open().Then<CafeCandidature>(open => open.Become(CafeCandidatureStatus.Withdrawn, "withdrawn", now, actor, reason));

    /// <summary>Lets a candidature be accepted against the criteria; the reason stays in the history.</summary>
    public Result<CafeCandidature> OverrideEligibility(string reason, string actor, DateTimeOffset now) => Open().Then<CafeCandidature>(open =>
        open.Eligibility.Eligible
            ? CafeCandidatureErrors.AlreadyEligible
            : open.Become(open.Status, "eligibilityOverridden", now, actor, reason) with { Override = new(reason, actor, now) });

    /// <summary>The contact goes, and every text that people wrote; what was decided, by what figures and when, stays.</summary>
    public CafeCandidature ErasePersons(string actor, DateTimeOffset now) => History[^1].Act == ContactErased ? this : this with
    {
        Facts = Facts with { Contact = CafeContact.Nobody, Weakness = null },
        Override = Override is { } decided ? decided with { Reason = "" } : null,
        History = History.ConvertAll(done => done with { Reason = null }).Add(new(ContactErased, now, actor, null)),
    };

    internal string? ContactEmail => Facts.Contact == CafeContact.Nobody ? null : Facts.Contact.Email;

    public CafeCandidatureAccepted ToAccepted(DateTimeOffset now) => new(Id, Siret, Facts.CafeName, InseeCode, CommuneName, Departement, now, SubmittedBy);

    public CafeCandidatureDeclined ToDeclined(DateTimeOffset now) => new(Id, Siret, Facts.CafeName, InseeCode, CommuneName, Departement, now, SubmittedBy);

    private Result<CafeCandidature> Open() => Status switch
    {
        CafeCandidatureStatus.Submitted => this,
        CafeCandidatureStatus.Accepted => CafeCandidatureErrors.AlreadyAccepted,
        CafeCandidatureStatus.Declined => CafeCandidatureErrors.AlreadyDeclined,
        _ => CafeCandidatureErrors.AlreadyWithdrawn,
    };

    private CafeCandidature Become(CafeCandidatureStatus status, string act, DateTimeOffset now, string actor, string? reason, string? detail = null) =>
        this with { Status = status, History = History.Add(new(act, now, actor, reason, detail)) };
}
