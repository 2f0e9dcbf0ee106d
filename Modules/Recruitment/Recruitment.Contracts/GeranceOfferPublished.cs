namespace MilleCafes.Recruitment.Contracts;

/// <summary>The offer of a gérance is open to candidates, for the first time or again.</summary>
/// <param name="CafeId">The café, when there is one already.</param>
/// <param name="ExpiresOn">The last day on which candidates may answer, in France.</param>
public sealed record GeranceOfferPublished(Guid OfferId, string InseeCode, string CommuneName, string Departement, Guid? CafeId, string Title, DateOnly ExpiresOn, DateTimeOffset PublishedAt);
