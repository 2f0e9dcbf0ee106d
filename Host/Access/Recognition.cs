using Microsoft.AspNetCore.Authentication;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>What became of a key or token.</summary>
internal enum KeyState
{
    Opens,
    Unknown,
    Expired,
    Revoked,
    ClientDisabled,
}

/// <summary>What a secret opens: its holder and key, when it opens anything.</summary>
internal sealed record Recognition(KeyState State, Holder? Holder = null, ApiKey? Key = null)
{
    /// <summary>Whom the framework takes the holder for: made once a reading, not once a request.</summary>
    public AuthenticateResult? Ticket { get; } = Holder is null ? null : KeyAuthentication.TicketOf(Holder);
}
