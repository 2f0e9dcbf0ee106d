using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Where the café is, or will be.</summary>
internal sealed record OfferPlace(string InseeCode, string CommuneName, string Departement, Guid? CafeId)
{
    public static OfferPlace Of(Commune commune, Guid? cafeId) => new(commune.InseeCode, commune.Name, commune.Departement, cafeId);
}

/// <summary>What others are told of an offer.</summary>
internal static class OfferNews
{
    public static GeranceOfferPublished ToPublished(this GeranceOffer offer) => new(
        offer.Id, offer.InseeCode, offer.CommuneName, offer.Departement, offer.CafeId, offer.Facts.Title!, offer.Facts.ExpiresOn!.Value, offer.PublishedAt!.Value);

    /// <summary>All that it says can be read by anybody once it is published; null before, and after its end.</summary>
    public static GeranceOfferChanged? ToChanged(this GeranceOffer offer) => offer.Status != GeranceOfferStatus.Published ? null : new(
        offer.Id, offer.InseeCode, offer.CommuneName, offer.Departement, offer.CafeId, offer.Facts.Title!, offer.Facts.ExpiresOn!.Value, offer.History[^1].At);

    public static GeranceOfferUnpublished ToUnpublished(this GeranceOffer offer) => new(offer.Id, offer.InseeCode, offer.CommuneName, offer.Departement, offer.CafeId, offer.EndedAt!.Value);

    /// <summary>Whoever it was is told by another message, to those it concerns.</summary>
    public static GeranceOfferFilled ToFilled(this GeranceOffer offer) => new(offer.Id, offer.InseeCode, offer.CommuneName, offer.Departement, offer.CafeId, offer.EndedAt!.Value);

    public static GeranceOfferExpired ToExpired(this GeranceOffer offer) => new(offer.Id, offer.InseeCode, offer.CommuneName, offer.Departement, offer.CafeId, offer.EndedAt!.Value);
}
