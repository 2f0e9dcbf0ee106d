namespace MilleCafes.Recruitment.Contracts;

/// <summary>A candidature that was declined or withdrawn is studied again.</summary>
public sealed record CommuneCandidatureReopened(Guid CandidatureId, string InseeCode, string CommuneName, string Departement, DateTimeOffset ReopenedAt);
