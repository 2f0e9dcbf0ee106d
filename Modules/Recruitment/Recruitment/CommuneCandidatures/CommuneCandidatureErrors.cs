using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

internal static class CommuneCandidatureErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.candidature_unknown", "Cette candidature n'existe pas.", "There is no such candidature.");
    public static readonly Error UnknownCommune = Error.Unprocessable("recruitment.commune_unknown", "Aucune commune ne porte ce code INSEE.", "No commune has this INSEE code.");
    public static readonly Error AlreadyOpen = Error.Conflict("recruitment.candidature_already_open", "Cette commune a déjà une candidature en cours.", "This commune already has an open candidature.");
    public static readonly Error NotEligible = Error.Unprocessable("recruitment.candidature_not_eligible", "La candidature n'est pas éligible : il faut d'abord une dérogation motivée.", "The candidature is not eligible: it first needs an override with its reason.");
    public static readonly Error AlreadyEligible = Error.Conflict("recruitment.candidature_already_eligible", "La candidature est éligible : aucune dérogation n'est nécessaire.", "The candidature is eligible: no override is needed.");
    public static readonly Error AlreadyAccepted = Error.Conflict("recruitment.candidature_already_accepted", "La candidature est déjà acceptée.", "The candidature is already accepted.");
    public static readonly Error AlreadyDeclined = Error.Conflict("recruitment.candidature_already_declined", "La candidature est déjà refusée.", "The candidature is already declined.");
    public static readonly Error AlreadyWithdrawn = Error.Conflict("recruitment.candidature_already_withdrawn", "La candidature est déjà retirée.", "The candidature is already withdrawn.");
}
