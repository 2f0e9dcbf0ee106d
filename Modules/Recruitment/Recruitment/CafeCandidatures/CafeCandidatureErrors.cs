using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

internal static class CafeCandidatureErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.cafe_candidature_unknown", "Cette candidature de café n'existe pas.", "There is no such candidature.");
    public static readonly Error UnknownCommune = Error.Unprocessable("recruitment.cafe_commune_unknown", "Aucune commune ne porte ce code INSEE.", "No commune has this INSEE code.");
    public static readonly Error AlreadyOpen = Error.Conflict("recruitment.cafe_candidature_already_open", "Ce café, par son SIRET, a déjà une candidature en cours.", "This SIRET already has an open candidature.");
    public static readonly Error NotEligible = Error.Unprocessable("recruitment.cafe_candidature_not_eligible", "La candidature du café n'est pas éligible : il faut d'abord une dérogation motivée.", "The candidature is not eligible: it first needs an override with its reason.");
    public static readonly Error AlreadyEligible = Error.Conflict("recruitment.cafe_candidature_already_eligible", "La candidature du café est éligible : aucune dérogation n'est nécessaire.", "The candidature is eligible: no override is needed.");
    public static readonly Error AlreadyAccepted = Error.Conflict("recruitment.cafe_candidature_already_accepted", "La candidature du café est déjà acceptée.", "The candidature is already accepted.");
    public static readonly Error AlreadyDeclined = Error.Conflict("recruitment.cafe_candidature_already_declined", "La candidature du café est déjà refusée.", "The candidature is already declined.");
    public static readonly Error AlreadyWithdrawn = Error.Conflict("recruitment.cafe_candidature_already_withdrawn", "La candidature du café est déjà retirée.", "The candidature is already withdrawn.");
    public static readonly Error OfItsSender = Error.Forbidden("recruitment.cafe_candidature_of_its_sender", "Cette candidature est à qui l'a déposée : seuls son auteur et l'équipe la modifient ou la retirent.", "This candidature is its sender's: they and the team alone change or withdraw it.");
    public static readonly Error CommuneMerged = Error.Conflict("recruitment.cafe_candidature_commune_merged", "La commune du café a fusionné depuis : il faut d'abord enregistrer de nouveau la candidature, même inchangée.", "The café's commune has merged meanwhile: the candidature first has to be saved again, be it unchanged.");
    public static readonly Error OtherLastCafe = Error.Conflict("recruitment.cafe_not_the_last", "Le réseau accompagne déjà un autre dernier café de cette commune : il faut dire pourquoi un second projet.", "The network accompanies another last café of this commune already: say why there is to be a second project.");
    public static readonly Error CafeTakenIn = Error.Conflict("recruitment.cafe_already_accepted", "Le réseau accompagne déjà ce café : il faut dire pourquoi un second projet.", "The network accompanies this café already: say why there is to be a second project.");
}
