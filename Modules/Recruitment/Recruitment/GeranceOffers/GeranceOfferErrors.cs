using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

internal static class GeranceOfferErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.gerance_offer_unknown", "Cette offre de gérance n'existe pas.", "There is no such offer.");
    public static readonly Error UnknownCommune = Error.Unprocessable("recruitment.offer_commune_unknown", "Aucune commune ne porte ce code INSEE.", "No commune has this INSEE code.");
    public static readonly Error NotPublished = Error.Conflict("recruitment.gerance_offer_not_published", "Cette offre de gérance n'est pas publiée.", "This offer is not published.");
    public static readonly Error AlreadyPublished = Error.Conflict("recruitment.gerance_offer_already_published", "Cette offre de gérance est déjà publiée.", "This offer is published already.");
    public static readonly Error Ended = Error.Conflict("recruitment.gerance_offer_ended", "Cette offre de gérance a pris fin : il faut la rouvrir.", "This offer has ended: it has to be reopened.");
    public static readonly Error NotEnded = Error.Conflict("recruitment.gerance_offer_not_ended", "Cette offre de gérance n'a pas pris fin : il n'y a rien à rouvrir.", "This offer has not ended: there is nothing to reopen.");
    public static readonly Error AlreadyFilled = Error.Conflict("recruitment.gerance_offer_already_filled", "Cette offre de gérance est déjà pourvue.", "This offer is filled already.");
    public static readonly Error NoLongerOpen = new(ErrorKind.Gone, "recruitment.gerance_offer_gone", "Cette offre de gérance n'est plus ouverte.", "This offer is no longer open.");
    public static readonly Error ExpiryPassed = Error.Unprocessable("recruitment.gerance_offer_expiry_passed", "Le dernier jour de l'offre est déjà passé.", "The last day of the offer has passed already.");
    public static readonly Error Incomplete = Error.Unprocessable("recruitment.gerance_offer_incomplete", "Il manque à l'offre de quoi être publiée ; chaque manque est dit.", "The offer lacks something to be published; each lack is told.");
    public static readonly Error GerantInPost = Error.Conflict("recruitment.gerance_offer_gerant_in_post", "Le gérant de cette offre est en poste : corrigez d'abord sa mise en poste, ou dites-en la fin.", "The gérant of this offer is in post: correct that first, or say when it ended.");

    /// <summary>The same refusal, with what is missing.</summary>
    public static Error Lacking(IEnumerable<string> members) => Incomplete with
    {
        Fields = [.. members.Select(member => new FieldError($"/{member}", "not_null", Language.Choose("Il faut le dire avant de publier.", "It has to be told before publishing.")))],
    };
}
