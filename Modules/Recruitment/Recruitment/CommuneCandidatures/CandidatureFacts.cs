using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Whether the commune still has a café.</summary>
internal enum CafeSituation
{
    None,
    Threatened,
    Open,
}

/// <param name="SurfaceSquareMetres">Floor area open to customers, in square metres, when known.</param>
internal sealed record Premises(bool Available, string? Description, int? SurfaceSquareMetres, bool HousingForTwo);

/// <summary>The person the team talks to.</summary>
internal sealed record Contact(string Name, string? Role, string Email, string? Phone);

/// <summary>What the commune says of itself in its letter.</summary>
/// <param name="OtherShops">How many other shops the commune has.</param>
internal sealed record CandidatureFacts(
    CafeSituation CafeSituation, int OtherShops, bool CarriedByMayor, Premises Premises, bool ResidentsInvolved, [property: PersonalData] Contact Contact);
