namespace MilleCafes.Shared;

/// <summary>A client was added, changed, disabled or enabled; whoever keeps what it is learns how it stands since.</summary>
/// <param name="Enabled">Whether its keys open anything.</param>
/// <param name="Revision">That of the client: of two messages, the higher one tells how it stands.</param>
/// <param name="Organisation">Its name, of a partner; those of others may be somebody's.</param>
public sealed record ClientChanged(Guid ClientId, HolderKind Kind, bool Enabled, long Revision, string? Organisation = null);
