namespace MilleCafes.Recruitment.Contracts;

/// <summary>A gérant was said to be in post and is not, or not yet.</summary>
/// <param name="CafeId">The café that was named, when there is one already.</param>
/// <param name="InseeCode">The commune of the café.</param>
public sealed record GerantPostCorrected(Guid CandidatureId, Guid OfferId, Guid? CafeId, string InseeCode, string Departement, DateTimeOffset CorrectedAt);
