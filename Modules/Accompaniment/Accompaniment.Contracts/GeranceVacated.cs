namespace MilleCafes.Accompaniment.Contracts;

/// <summary>A café is without gérant, or will be: the next one is to be found.</summary>
/// <param name="CafeId">The café, which has the id of its project.</param>
/// <param name="Reason">A code, such as <c>left</c>; nobody's own words.</param>
public sealed record GeranceVacated(Guid CafeId, string InseeCode, string CommuneName, string Departement, DateTimeOffset VacatedAt, string Reason);
