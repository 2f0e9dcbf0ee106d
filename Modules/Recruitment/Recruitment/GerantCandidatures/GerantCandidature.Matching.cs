using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What offers and candidatures find one another by; each has its index.</summary>
internal sealed partial record GerantCandidature
{
    public const string UnconfirmedMark = "unconfirmed";

    private const string FreeMark = "free";

    /// <summary>The same for all that nobody stands by yet; null for all others: what is not there cannot be looked up in the order of an index.</summary>
    public string? Unconfirmed => ConfirmedAt is null ? UnconfirmedMark : null;

    /// <summary>The offer that is reserved for it, or that it fills until a last day in post is told: its unique index allows one retained candidature for an offer.</summary>
    public Guid? HeldOfferId => this is { DeletedAt: null, Stage: GerantStage.Retained or GerantStage.Trained or GerantStage.InPost, Installation: null or { EndedOn: null } } ? OfferId : null;

    /// <summary>Who sent whom for which offer, while it goes on as it was sent, then nothing: its unique index takes one of two that come at once.</summary>
    /// <remarks>What was declined, corrected or given another offer since is judged by <see cref="IsOpenFor"/> alone, so that no later act can clash.</remarks>
    [PersonalData]
    public string? SentKey => Source.ClientId is { } client && EmailKey is { } email && IsOpenFor(OfferId) && Stages.TrueForAll(change => change.To < GerantStage.InPost)
        && !Acts.Exists(act => act.Deed == CandidatureDeed.OfferProposed) ? $"{client} {PendingKeyOf(email, OfferId)}" : null;

    /// <summary>The same for all that an offer may still be proposed for; null for all others.</summary>
    public string? Free => ConfirmedAt is not null && DeletedAt is null && Stage < GerantStage.Presented ? FreeMark : null;

    /// <summary>The commune of residence, while an offer may be proposed.</summary>
    [PersonalData]
    public string? FreeInseeCode => Free is null ? null : Applicant.InseeCode;

    /// <summary>The département of residence, while an offer may be proposed.</summary>
    [PersonalData]
    public string? FreeDepartement => Free is null ? null : Applicant.Departement;

    public static IQueryable<GerantCandidature> FreeOnes(IQueryable<GerantCandidature> all) => all.Where(one => one.Free == FreeMark);
}
