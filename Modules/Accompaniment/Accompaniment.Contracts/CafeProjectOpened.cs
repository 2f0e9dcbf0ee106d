namespace MilleCafes.Accompaniment.Contracts;

/// <summary>A café project starts in the phase <i>Definition</i>.</summary>
/// <param name="CandidatureId">The candidature it comes from.</param>
public sealed record CafeProjectOpened(Guid ProjectId, Guid CandidatureId, string InseeCode, string CommuneName, string Departement, DateTimeOffset OpenedAt);
