namespace MilleCafes.Recruitment.Contracts;

/// <summary>The offer of a gérance is taken back.</summary>
/// <param name="CafeId">The café, when there is one already.</param>
public sealed record GeranceOfferUnpublished(Guid OfferId, string InseeCode, string CommuneName, string Departement, Guid? CafeId, DateTimeOffset UnpublishedAt);
