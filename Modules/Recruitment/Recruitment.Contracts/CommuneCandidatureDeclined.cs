namespace MilleCafes.Recruitment.Contracts;

/// <summary>The network does not take the commune in; the reason stands in the candidature.</summary>
public sealed record CommuneCandidatureDeclined(Guid CandidatureId, string InseeCode, string CommuneName, string Departement, DateTimeOffset DeclinedAt);
