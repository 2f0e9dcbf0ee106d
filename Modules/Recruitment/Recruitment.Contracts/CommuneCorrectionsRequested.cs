namespace MilleCafes.Recruitment.Contracts;

/// <summary>The mairie is to correct or complete its file; what is asked for stands in the candidature.</summary>
/// <param name="DueOn">The day to answer by.</param>
public sealed record CommuneCorrectionsRequested(Guid CandidatureId, string InseeCode, string CommuneName, string Departement, DateOnly DueOn, DateTimeOffset RequestedAt);
