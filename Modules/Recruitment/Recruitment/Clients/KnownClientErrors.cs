using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Clients;

internal static class KnownClientErrors
{
    public static readonly Error Unknown = Error.Unprocessable("recruitment.client_unknown", "Aucun client ne porte cet identifiant ; s'il vient d'être ajouté, recommencez dans un instant.", "No client has this id; if it was added just now, retry in a moment.");
    public static readonly Error Disabled = Error.Unprocessable("recruitment.client_disabled", "Ce client est suspendu : il ne pourrait rien faire de ce qui lui serait demandé.", "This client is disabled: it could do nothing of what it would be asked for.");
    public static readonly Error OtherKind = Error.Unprocessable("recruitment.client_of_other_kind", "Ce client n'est pas de la sorte qu'il faut ici.", "This client is not of the kind that is needed here.");
}
