using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

internal static class GerantCandidatureErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.gerant_candidature_unknown", "Cette candidature de gérant n'existe pas.", "There is no such gérant candidature.");
    public static readonly Error NotConfirmed = Error.Conflict("recruitment.gerant_candidature_not_confirmed", "Cette candidature n'a pas encore été confirmée par son auteur.", "This candidature has not been confirmed by its author yet.");
    public static readonly Error StageNotAllowed = Error.Conflict("recruitment.gerant_stage_not_allowed", "Cette étape ne peut pas suivre l'étape actuelle.", "This stage cannot follow the present one.");
}
