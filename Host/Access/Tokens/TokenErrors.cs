using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Tokens;

/// <summary>Refusals of RFC 6749, whose names stand after the point.</summary>
internal static class TokenErrors
{
    public static readonly Error GrantUnsupported = Error.Malformed("access.unsupported_grant_type", "Seul « client_credentials » est possible.", "Only “client_credentials” is possible.");
    public static readonly Error ClientInvalid = Error.Unauthenticated("access.invalid_client", "Client ou clé inconnus, ou plus valables.", "Client or key unknown, or no longer valid.");
    public static readonly Error ScopeInvalid = Error.Malformed("access.invalid_scope", "La clé n'a pas toutes ces portées.", "The key does not have all of these scopes.");
}
