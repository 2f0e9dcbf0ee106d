namespace MilleCafes.Recruitment.Contracts;

/// <summary>A candidate is retained for an offer, after the mairie's yes.</summary>
/// <param name="InseeCode">The commune of the offer.</param>
public sealed record GerantSelected(Guid CandidatureId, Guid OfferId, string InseeCode, string Departement, DateTimeOffset SelectedAt);
