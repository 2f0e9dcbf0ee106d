namespace MilleCafes.Events.Contracts;

/// <summary>A future gérant has been through a session of the initial training.</summary>
/// <param name="CandidatureId">The gérant's candidature.</param>
public sealed record TrainingCompleted(Guid CandidatureId, Guid SessionId, DateTimeOffset CompletedAt);
