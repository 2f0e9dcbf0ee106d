using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What happens to a candidature beside its stages.</summary>
internal enum CandidatureDeed
{
    Received,
    Confirmed,

    /// <summary>The team answered for the candidate.</summary>
    ConfirmedByTeam,

    /// <summary>The same person applied again for the same café.</summary>
    AppliedAgain,
    OfferProposed,

    /// <summary>Another candidature of the same person became part of this one.</summary>
    Absorbed,
    Trained,

    /// <summary>The candidate and the network had to do with one another.</summary>
    Contacted,

    /// <summary>The candidate asked to be forgotten.</summary>
    ErasureAsked,

    /// <summary>The team told the candidate that they will be erased, where no mail could.</summary>
    ErasureNoticed,

    /// <summary>The gérant has left their post.</summary>
    PostEnded,

    /// <summary>The team tried in vain to tell the candidate that they will be erased.</summary>
    NotReached,

    /// <summary>The candidate had what is known of them put right, and not the address.</summary>
    ApplicantChanged,

    /// <summary>The candidate had the address put right, and whatever else.</summary>
    AddressChanged,
}

/// <param name="Actor">The client that did it; null when the candidate or a clock did.</param>
/// <param name="Other">The other candidature, the offer or the session that it is about.</param>
internal sealed record CandidatureAct(CandidatureDeed Deed, DateTimeOffset At, string? Actor, [property: PersonalData] string? Reason, Guid? Other = null)
{
    /// <summary>Whether the person answered from the address that is known of them, or the team said that it is theirs.</summary>
    /// <param name="confirmed">Whether the candidature was confirmed: an address put right before that is still to be answered from.</param>
    internal bool ProvesAddress(bool confirmed) => Deed is CandidatureDeed.Confirmed or CandidatureDeed.ConfirmedByTeam || (confirmed && Deed == CandidatureDeed.AddressChanged);
}

/// <summary>That the mairie of a commune, which saw a document, sees it no more.</summary>
/// <param name="Revision">The document's, as of then.</param>
internal sealed record Hidden(string InseeCode, DateTimeOffset At, long Revision);

/// <summary>All that another candidature of the same person was, when it became part of this one.</summary>
internal sealed record AbsorbedCandidature(
    Guid Id, Guid? OfferId, [property: PersonalData] Applicant Applicant, CandidatureSource Source, Consent Consent, GerantStage Stage, ImmutableList<StageChange> Stages,
    ImmutableList<CandidatureAct> Acts, DateTimeOffset LastContactAt, [property: PersonalData] Wishes? Wishes = null, Decline? Decline = null, Training? Training = null,
    Installation? Installation = null, DateTimeOffset? ConfirmedAt = null)
{
    internal string? EmailKey => ContactKeys.OfEmail(Applicant.Email);

    internal string? PhoneKey => ContactKeys.OfPhone(Applicant.Phone);

    /// <summary>Whether whoever reads its address stood by it, or the team for them: what a partner sent may bear a slip that is somebody else's address.</summary>
    internal bool WasConfirmed => Acts.Exists(act => act.ProvesAddress(ConfirmedAt is not null));

    public static AbsorbedCandidature Of(GerantCandidature one) => new(
        one.Id, one.OfferId, one.Applicant, one.Source, one.Consent, one.Stage, one.Stages, one.Acts, one.LastContactAt, one.Wishes, one.Decline, one.Training, one.Installation, one.ConfirmedAt);

    /// <summary>The same without the person.</summary>
    public AbsorbedCandidature Erase() => this with
    {
        Applicant = Applicant.Erased,
        Wishes = null,
        Decline = Decline is null ? null : Decline with { Text = null },
        Source = Source.Erase(),
        Consent = Consent.Erase(),
        Stages = [.. Stages.Select(change => change with { Reason = null })],
        Acts = [.. Acts.Select(act => act with { Reason = null })],
    };
}

/// <summary>That a mail server did not take the mail by which somebody was to be told.</summary>
/// <param name="Reply">Its reply's number, which says of what kind the refusal is; null when there was none.</param>
/// <param name="ForGood">Whether another mail will not be taken either.</param>
internal sealed record NoticeRefusal(DateTimeOffset At, int? Reply, bool ForGood);

/// <summary>Why the network says no; experience and diploma are no reasons, and the list has none for them.</summary>
internal enum DeclineReason
{
    OfferFilled,
    OfferWithdrawn,
    NotAvailableInTime,
    AnotherProject,
    SavoirEtreNotShown,
    MairieDeclined,
    Unreachable,
    Incomplete,
    Other,
}

/// <param name="Text">What is added to the reason; it can be told to the candidate.</param>
internal sealed record Decline(DeclineReason Reason, [property: PersonalData] string? Text);

/// <param name="SessionId">The session, when Events told of it.</param>
internal sealed record Training(Guid? SessionId, DateTimeOffset CompletedAt);

/// <summary>Where the gérant is, and since when.</summary>
/// <param name="EndedOn">Their last day, once it is known.</param>
internal sealed record Installation(Guid? OfferId, Guid? CafeId, string InseeCode, DateOnly StartsOn, DateOnly? EndedOn = null);
