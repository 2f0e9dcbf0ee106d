using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

internal static class OfferDiffusionErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.offer_diffusion_unknown", "Cette diffusion n'existe pas.", "There is no such diffusion.");
    public static readonly Error UnknownOffer = Error.Unprocessable("recruitment.diffusion_offer_not_open", "Aucune offre publiée ne porte cet identifiant.", "No published offer has this id.");
    public static readonly Error AlreadyNoted = Error.Conflict("recruitment.offer_diffusion_already_noted", "Cette diffusion, à cette adresse, est déjà notée.", "This diffusion, at this address, is noted already.");
    public static readonly Error AlreadyWithdrawn = Error.Conflict("recruitment.offer_diffusion_already_withdrawn", "Cette diffusion a déjà pris fin.", "This diffusion has ended already.");
    public static readonly Error EndsBeforeItBegins = Error.Unprocessable("recruitment.offer_diffusion_ends_before_it_begins", "Une diffusion ne finit pas avant d'avoir commencé.", "A diffusion does not end before it began.");
}
