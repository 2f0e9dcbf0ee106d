namespace MilleCafes.Recruitment.Contracts;

/// <summary>The network takes the commune in: a café is to be opened or saved there.</summary>
/// <param name="InseeCode">The commune's INSEE code, <c>2A</c> and <c>2B</c> included.</param>
public sealed record CommuneCandidatureAccepted(Guid CandidatureId, string InseeCode, string CommuneName, string Departement, DateTimeOffset AcceptedAt);
