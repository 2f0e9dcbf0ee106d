namespace MilleCafes.Recruitment.Contracts;

/// <summary>Somebody was found for a gérance.</summary>
/// <param name="CafeId">The café, when there is one already.</param>
public sealed record GeranceOfferFilled(Guid OfferId, string InseeCode, string CommuneName, string Departement, Guid? CafeId, DateTimeOffset FilledAt);
