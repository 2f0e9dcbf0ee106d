namespace MilleCafes.Recruitment.Contracts;

/// <summary>A gérant begins to run the café of a commune.</summary>
/// <param name="CafeId">The café, when there is one already.</param>
/// <param name="StartsOn">The first day, in France.</param>
public sealed record GerantInPost(
    Guid CandidatureId, Guid OfferId, Guid? CafeId, string InseeCode, string CommuneName, string Departement, DateOnly StartsOn, DateTimeOffset InPostAt);
