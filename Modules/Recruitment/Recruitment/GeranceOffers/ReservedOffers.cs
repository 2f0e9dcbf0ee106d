using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>What a candidature that is retained asks of its offer.</summary>
internal static class ReservedOffers
{
    /// <summary>Whether this candidature filled it, as far as is told.</summary>
    public static bool IsFilledBy(this GeranceOffer offer, Guid candidatureId) => offer.Status == GeranceOfferStatus.Filled && (offer.FilledBy ?? candidatureId) == candidatureId;

    /// <summary>Why this candidature can be neither presented nor retained for it, if so; its last day is for letters, and hinders nobody who wrote in time.</summary>
    public static Error? RefusalFor(this GeranceOffer offer, Guid candidatureId) => offer.Status switch
    {
        GeranceOfferStatus.Filled when offer.FilledBy != candidatureId => GeranceOfferErrors.AlreadyFilled,
        GeranceOfferStatus.Draft or GeranceOfferStatus.Unpublished => GeranceOfferErrors.NotPublished,
        _ => null,
    };
}
