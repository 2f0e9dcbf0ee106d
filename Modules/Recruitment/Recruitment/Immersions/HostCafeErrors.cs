using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

internal static class HostCafeErrors
{
    public static readonly Error Unknown = Error.NotFound("recruitment.host_cafe_unknown", "Ce café d'accueil n'existe pas.", "There is no such host.");
    public static readonly Error UnknownCommune = Error.Unprocessable("recruitment.host_cafe_commune_unknown", "Aucune commune ne porte ce code INSEE.", "No commune has this INSEE code.");
    public static readonly Error Closed = Error.Conflict("recruitment.host_cafe_closed", "Ce café n'accueille plus.", "The host takes in nobody any more.");
    public static readonly Error Full = Error.Conflict("recruitment.host_cafe_full", "Ce café n'a plus de place l'un de ces jours.", "The host has no place left on one of these days.");
    public static readonly Error CapacityTaken = Error.Conflict("recruitment.host_cafe_capacity_taken", "Plus de candidats que cela sont déjà attendus l'un de ces jours.", "More candidates than that are expected already on some day.");
    public static readonly Error HasStays = Error.Conflict("recruitment.host_cafe_has_stays", "Des candidats y sont attendus : leurs immersions sont d'abord à annuler.", "Candidates are expected there: their immersions are to be cancelled first.");
}
