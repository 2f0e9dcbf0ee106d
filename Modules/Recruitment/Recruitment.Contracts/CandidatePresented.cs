namespace MilleCafes.Recruitment.Contracts;

/// <summary>A candidate stands before the mairie of an offer's commune, which is to answer.</summary>
/// <param name="InseeCode">The commune of the offer.</param>
public sealed record CandidatePresented(Guid PresentationId, Guid CandidatureId, Guid OfferId, string InseeCode, string Departement, DateTimeOffset PresentedAt);
