namespace MilleCafes.Recruitment.Contracts;

/// <summary>What anybody can read of an offer that is open says something else.</summary>
/// <param name="CafeId">The café, when there is one already.</param>
/// <param name="ExpiresOn">The last day on which candidates may answer, in France.</param>
public sealed record GeranceOfferChanged(Guid OfferId, string InseeCode, string CommuneName, string Departement, Guid? CafeId, string Title, DateOnly ExpiresOn, DateTimeOffset ChangedAt);
