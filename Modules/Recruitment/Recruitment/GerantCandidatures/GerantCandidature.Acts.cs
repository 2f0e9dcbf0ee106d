using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;
using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What is decided of a candidature, beside the steps of its path.</summary>
internal sealed partial record GerantCandidature
{
    /// <summary>A letter that came: confirmed at once when somebody answers for it, or waiting for the candidate until <paramref name="confirmBefore"/>.</summary>
    public static GerantCandidature Receive(
        Guid id, Applicant applicant, GeranceOffer? offer, Wishes? wishes, CandidatureSource source, Consent consent, Antennes antennes, DateTimeOffset? confirmBefore, DateTimeOffset now) => new()
    {
        Id = id,
        OfferId = offer?.Id,
        OfferInseeCode = offer?.InseeCode,
        Departement = offer?.Departement ?? applicant.Departement,
        Antenne = offer is null && wishes?.Antenne is { } wished ? wished : antennes.Of(offer?.Departement ?? applicant.Departement),
        Applicant = applicant,
        Wishes = wishes,
        Source = source,
        Consent = consent,
        StageSince = now,
        Stages = [new(null, GerantStage.Received, now, source.ClientId?.ToString(), null, false)],
        Acts = [new(CandidatureDeed.Received, now, source.ClientId?.ToString(), null, offer?.Id)],
        ConfirmedAt = confirmBefore is null ? now : null,
        ConfirmBefore = confirmBefore,
        LinkAskedAt = confirmBefore is null ? null : now,
        LastContactAt = now,
    };

    /// <summary>Asks for the link again, which then lasts as long as the first would have.</summary>
    public GerantCandidature AskAgain(DateTimeOffset confirmBefore, DateTimeOffset now) => this with { ConfirmBefore = confirmBefore, LinkAskedAt = now };

    /// <summary>The candidate followed the link; or the team answers for them, and says why.</summary>
    public Result<GerantCandidature> Confirm(string? reason, string? actor, DateTimeOffset now) =>
        ConfirmedAt is not null ? GerantCandidatureErrors.AlreadyConfirmed
        : !Stage.IsOnPath() ? GerantCandidatureErrors.StageNotAllowed
        : this with
        {
            ConfirmedAt = now,
            ConfirmBefore = null,
            LastContactAt = now,
            Acts = Acts.Add(new(actor is null ? CandidatureDeed.Confirmed : CandidatureDeed.ConfirmedByTeam, now, actor, reason)),
        };

    /// <summary>The network says no, with a reason that can be told.</summary>
    public Result<GerantCandidature> DeclineWith(DeclineReason reason, string? text, string? actor, DateTimeOffset now) =>
        MoveTo(GerantStage.Declined, text, actor, now).Select(declined => declined with { Decline = new(reason, text) });

    /// <summary>The team thinks of an offer for someone who has not been presented to a mairie yet.</summary>
    public Result<GerantCandidature> Propose(GeranceOffer offer, Antennes antennes, string? reason, string? actor, DateTimeOffset now) => this switch
    {
        { ConfirmedAt: null } => GerantCandidatureErrors.NotConfirmed,
        { Stage: >= GerantStage.Presented } => GerantCandidatureErrors.StageNotAllowed,
        _ => this with
        {
            OfferId = offer.Id,
            OfferInseeCode = offer.InseeCode,
            Departement = offer.Departement,
            Antenne = antennes.Of(offer.Departement),
            LastContactAt = now,
            Acts = Acts.Add(new(CandidatureDeed.OfferProposed, now, actor, reason, offer.Id)),
        },
    };

    /// <summary>A retained candidate is trained.</summary>
    /// <param name="completedAt">When the training was over; null when it is one that is known already, or over now.</param>
    public Result<GerantCandidature> Train(Guid? session, DateTimeOffset? completedAt, string? actor, DateTimeOffset now) => MoveTo(GerantStage.Trained, null, actor, now)
        .Select(trained => trained with { Training = session is null && completedAt is null && Training is { } known ? known : new(session, completedAt ?? now) });

    /// <summary>A session is over; whoever was retained is trained by it, and for others it is kept.</summary>
    public GerantCandidature CompleteTraining(Guid session, DateTimeOffset completedAt, DateTimeOffset now) => this switch
    {
        { Stage: not GerantStage.Retained, Training.SessionId: { } known } when known == session => this,
        _ when Train(session, completedAt, null, now) is { Error: null } trained => trained.Value,
        _ => this with { Training = new(session, completedAt), Acts = Acts.Add(new(CandidatureDeed.Trained, now, null, null, session)) },
    };

    /// <summary>The day has come: the gérant is in post, in the commune of the offer.</summary>
    public Result<GerantCandidature> Install(Guid? cafe, DateOnly startsOn, string? actor, DateTimeOffset now) => OfferInseeCode is not { } commune
        ? GerantCandidatureErrors.NoOffer
        : MoveTo(GerantStage.InPost, null, actor, now).Select(installed => installed with { Installation = new(OfferId, cafe, commune, startsOn) });

    public GerantInPost ToInPost(GeranceOffer offer, DateTimeOffset now) =>
        new(Id, offer.Id, Installation!.CafeId, offer.InseeCode, offer.CommuneName, offer.Departement, Installation.StartsOn, now);

    /// <summary>The gérant has left, or will on a day that is known; said again, it corrects the day.</summary>
    public Result<GerantCandidature> EndPost(DateOnly endedOn, string? actor, DateTimeOffset now) =>
        this is not { Stage: GerantStage.InPost, Installation: { } post } ? GerantCandidatureErrors.StageNotAllowed
        : endedOn < post.StartsOn ? GerantCandidatureErrors.PostEndsBeforeStart
        : post.EndedOn == endedOn ? this
        : this with { Installation = post with { EndedOn = endedOn }, Acts = Acts.Add(new(CandidatureDeed.PostEnded, now, actor, null)) };

    /// <summary>The team says that another candidature is the same person's; the one that is further along stays.</summary>
    public Result<GerantCandidature> Merge(GerantCandidature other, string? reason, string? actor, DateTimeOffset now) => this switch
    {
        _ when other.Id == Id => GerantCandidatureErrors.SameCandidature,
        // Whatever nobody confirms is erased, and would take the other one along
        _ when ConfirmedAt is null && other.ConfirmedAt is not null => GerantCandidatureErrors.NotConfirmed,
        _ when !SharesContactWith(other) && string.IsNullOrWhiteSpace(reason) => GerantCandidatureErrors.NoDuplicates,
        _ when other.GoesOn(now) && (!GoesOn(now) || Stage < other.Stage) => GerantCandidatureErrors.MergeBackwards,
        _ when Stage == GerantStage.InPost && other.Stage == GerantStage.InPost && GoesOn(now) && other.GoesOn(now) => GerantCandidatureErrors.BothInPost,
        _ => Absorb(other, CandidatureDeed.Absorbed, reason, actor, now),
    };

    /// <summary>Another candidature of the same person becomes part of this one, with all that it was.</summary>
    public GerantCandidature Absorb(GerantCandidature other, CandidatureDeed deed, string? reason, string? actor, DateTimeOffset now) => this with
    {
        Applicant = ApplicantWith(other),
        Absorbed = Absorbed.AddRange(other.Absorbed).Add(AbsorbedCandidature.Of(other)),
        Consent = Consent.Heed(other.Consent),
        Wishes = Wishes ?? other.Wishes,
        Antenne = OfferId is null && Wishes is null && other.Wishes?.Antenne is { } wished ? wished : Antenne,
        Acts = Acts.Add(new(deed, now, actor, reason, other.Id)),
        LastContactAt = deed == CandidatureDeed.AppliedAgain ? now : LastContactAt > other.SilentSince ? LastContactAt : other.SilentSince,
    };

    /// <summary>What is left of one that became part of another: which one; what it said of the person is there.</summary>
    public GerantCandidature EndIn(GerantCandidature survivor, DateTimeOffset now) => this with
    {
        MergedInto = survivor.Id,
        DeletedAt = now,
        Applicant = Applicant.Erased,
        Wishes = null,
        AntenneWished = HasWishedAntenne,
        Source = Source.Erase(),
        Consent = Consent.Erase(),
        Stages = [.. Stages.Select(change => change with { Reason = null })],
        Acts = [],
        Decline = null,
        ConfirmBefore = null,
        Absorbed = [],
        ErasureNoticeRefused = null,
    };

    // Who has left their post is behind whoever begins anew
    private bool GoesOn(DateTimeOffset now) => Stage.IsOnPath() && !HasLeftPost(now);

    /// <summary>Whether the person goes on with the same café, or with none in particular.</summary>
    public bool IsOpenFor(Guid? offer) => DeletedAt is null && ConfirmedAt is not null && OfferId == offer && Stage.IsOnPath() && Stage != GerantStage.InPost;
}
