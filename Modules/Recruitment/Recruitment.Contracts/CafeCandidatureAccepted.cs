namespace MilleCafes.Recruitment.Contracts;

/// <summary>The network takes an existing café in: it is to be strengthened.</summary>
/// <param name="Siret">Of the café, fourteen digits.</param>
/// <param name="InseeCode">The commune's INSEE code, <c>2A</c> and <c>2B</c> included.</param>
/// <param name="SourceClientId">The client that sent the candidature.</param>
public sealed record CafeCandidatureAccepted(
    Guid CandidatureId, string Siret, string CafeName, string InseeCode, string CommuneName, string Departement, DateTimeOffset AcceptedAt, Guid? SourceClientId = null);
