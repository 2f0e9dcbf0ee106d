namespace MilleCafes.Recruitment.Contracts;

/// <summary>The network does not take an existing café in; the reason stands in the candidature.</summary>
/// <param name="Siret">Of the café, fourteen digits.</param>
/// <param name="InseeCode">The commune's INSEE code, <c>2A</c> and <c>2B</c> included.</param>
/// <param name="SourceClientId">The client that sent the candidature.</param>
public sealed record CafeCandidatureDeclined(
    Guid CandidatureId, string Siret, string CafeName, string InseeCode, string CommuneName, string Departement, DateTimeOffset DeclinedAt, Guid? SourceClientId);
