namespace MilleCafes.Recruitment.Contracts;

/// <summary>A candidate who was retained for an offer is so no longer: withdrawn, declined, erased, or retained by mistake.</summary>
/// <param name="InseeCode">The commune of the offer.</param>
public sealed record GerantSelectionEnded(Guid CandidatureId, Guid OfferId, string InseeCode, string Departement, DateTimeOffset EndedAt);
