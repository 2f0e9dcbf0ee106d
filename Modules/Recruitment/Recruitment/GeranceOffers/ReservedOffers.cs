using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>What a candidature that is retained asks of its offer.</summary>
internal static class ReservedOffers
{
    /// <summary>Whether this candidature filled it, as far as is told.</summary>
    public static bool IsFilledBy(this GeranceOffer offer, Guid candidatureId) => offer.Status == GeranceOfferStatus.Filled && (offer.FilledBy ?? candidatureId) == candidatureId;

    /// <summary>Whether this candidature can be presented and retained for it; its last day is for letters, and hinders nobody who wrote in time.</summary>
    public static bool CanBeHadBy(this GeranceOffer offer, Guid candidatureId) => offer.Status switch
    {
        GeranceOfferStatus.Filled => offer.FilledBy == candidatureId,
        GeranceOfferStatus.Draft or GeranceOfferStatus.Unpublished => false,
        _ => true,
    };

    /// <summary>Why this candidature can be neither presented nor retained for it, if so.</summary>
    public static Error? RefusalFor(this GeranceOffer offer, Guid candidatureId) =>
        offer.CanBeHadBy(candidatureId) ? null : offer.Status == GeranceOfferStatus.Filled ? GeranceOfferErrors.AlreadyFilled : GeranceOfferErrors.NotPublished;

    /// <summary>The candidatures that hold one of these offers.</summary>
    public static IQueryable<GerantCandidature> HoldersOf(this IQueryable<GerantCandidature> candidatures, Guid[] offers) =>
        candidatures.Where(one => one.HeldOfferId != null && offers.Contains(one.HeldOfferId.Value));

    /// <summary>Ends an offer that nobody is retained for.</summary>
    public static async Task<Result<GeranceOffer>> EndUnreservedAsync(
        this ModuleSession<IRecruitmentStore> session, Guid id, Func<GeranceOffer, Result<GeranceOffer>> end, Func<GeranceOffer, object?> publish, CancellationToken token)
    {
        var judged = (await session.LoadAsync<GeranceOffer>(id, token))?.Revision;
        if (await session.Query<GerantCandidature>().AnyAsync(one => one.HeldOfferId == id, token))
        {
            return PresentationErrors.OfferTaken;
        }

        // Whoever was retained meanwhile has changed the offer too
        return await session.DecideAsync(id, GeranceOfferErrors.Unknown, offer => offer.Revision == judged ? end(offer) : CommonErrors.ChangedMeanwhile, token, publish);
    }

    /// <summary>Why this candidature cannot be retained for it, if so; if it can, the offer is neither filled, withdrawn nor reserved for another meanwhile.</summary>
    public static async Task<Error?> ReserveAsync(this ModuleSession<IRecruitmentStore> session, Guid id, Guid candidatureId, CancellationToken token)
    {
        if (await session.LoadAsync<GeranceOffer>(id, token) is not { } offer)
        {
            return null;
        }

        if (offer.RefusalFor(candidatureId) is { } refusal)
        {
            return refusal;
        }

        session.Claim(offer);
        return null;
    }
}
