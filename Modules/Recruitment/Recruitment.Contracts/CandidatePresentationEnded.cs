namespace MilleCafes.Recruitment.Contracts;

/// <summary>A candidate stands before the mairie no more: taken back, presented anew, gone, or known by another candidature.</summary>
/// <param name="InseeCode">The commune of the offer.</param>
public sealed record CandidatePresentationEnded(Guid PresentationId, Guid CandidatureId, Guid OfferId, string InseeCode, string Departement, DateTimeOffset EndedAt);
