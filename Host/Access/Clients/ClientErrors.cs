using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

internal static class ClientErrors
{
    public static readonly Error Unknown = Error.NotFound("access.client_unknown", "Ce client n'existe pas.", "There is no such client.");
    public static readonly Error AlreadyDisabled = Error.Conflict("access.client_already_disabled", "Ce client est déjà suspendu.", "This client is disabled already.");
    public static readonly Error NotDisabled = Error.Conflict("access.client_not_disabled", "Ce client n'est pas suspendu.", "This client is not disabled.");
}
