using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

internal static class KeyErrors
{
    public static readonly Error Unknown = Error.NotFound("access.key_not_found", "Il n'y a pas de telle clé dans la liste.", "There is no such key in the list.");
    public static readonly Error Expired = Error.Conflict("access.key_already_expired", "Cette clé a expiré : créez-en une autre.", "This key has expired: make another one.");
    public static readonly Error AlreadyRevoked = Error.Conflict("access.key_already_revoked", "Cette clé est déjà révoquée.", "This key is revoked already.");
    public static readonly Error AlreadyRotated = Error.Conflict("access.key_already_rotated", "Cette clé a déjà une remplaçante.", "This key has a successor already.");
    public static readonly Error BeyondClient = Error.Unprocessable("access.scopes_beyond_client", "Une clé ne peut avoir que les portées de son client.", "A key can have no scopes but those of its client.");
    public static readonly Error Ended = Error.Unauthenticated("access.key_expired", "Cette clé a expiré.", "This key has expired.");
    public static readonly Error Revoked = Error.Unauthenticated("access.key_revoked", "Cette clé a été révoquée.", "This key was revoked.");
    public static readonly Error ClientDisabled = Error.Unauthenticated("access.client_disabled", "Le client de cette clé est suspendu.", "The client of this key is disabled.");
}
