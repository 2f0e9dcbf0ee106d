using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

internal static class GeranceOfferErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.gerance_offer_unknown", "Cette offre de gérance n'existe pas.", "There is no such gérance offer.");
    public static readonly Error NotPublished = Error.Conflict("recruitment.gerance_offer_not_published", "Cette offre de gérance n'est pas publiée.", "This gérance offer is not published.");
}
