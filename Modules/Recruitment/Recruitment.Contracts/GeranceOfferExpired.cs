namespace MilleCafes.Recruitment.Contracts;

/// <summary>The last day of the offer of a gérance is over.</summary>
/// <param name="CafeId">The café, when there is one already.</param>
public sealed record GeranceOfferExpired(Guid OfferId, string InseeCode, string CommuneName, string Departement, Guid? CafeId, DateTimeOffset ExpiredAt);
