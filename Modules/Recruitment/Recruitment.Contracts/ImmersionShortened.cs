namespace MilleCafes.Recruitment.Contracts;

/// <summary>A candidate leaves a café before the last day that was agreed.</summary>
/// <param name="HostClientId">The client of that café, when it has one.</param>
/// <param name="LastDay">The last one there, that day or before; days are those of France.</param>
public sealed record ImmersionShortened(Guid ImmersionId, Guid CandidatureId, Guid HostCafeId, Guid? HostClientId, DateOnly FirstDay, DateOnly LastDay, DateTimeOffset ShortenedAt);
