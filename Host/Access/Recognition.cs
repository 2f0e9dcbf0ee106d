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
internal sealed record Recognition(KeyState State, Holder? Holder = null, ApiKey? Key = null);
