namespace MilleCafes.Recruitment.Contracts;

/// <summary>A café was to receive a candidate for some days, and does not.</summary>
/// <param name="HostClientId">The client of that café, when it has one.</param>
/// <param name="FirstDay">Days are those of France.</param>
public sealed record ImmersionCancelled(Guid ImmersionId, Guid CandidatureId, Guid HostCafeId, Guid? HostClientId, DateOnly FirstDay, DateOnly LastDay, DateTimeOffset CancelledAt);
