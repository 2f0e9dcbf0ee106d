using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>Sénergues, opened in April 2023: a commune that fulfils every criterion unless a test says otherwise.</summary>
internal static class Example
{
    public const string Actor = "00000000-0000-7000-8000-000000000001";

    public static readonly Holder Team = new(HolderKind.Staff, Guid.Parse(Actor), Guid.Empty, []);

    public static readonly DateTimeOffset Now = new(2023, 4, 3, 9, 30, 0, TimeSpan.Zero);

    public static readonly CandidatureFacts Facts = new(
        CafeSituation.None,
        OtherShops: 0,
        CarriedByMayor: true,
        new(Available: true, "Ancien bar-tabac sur la place", SurfaceSquareMetres: 65, HousingForTwo: true),
        ResidentsInvolved: true,
        new("Camille Exemple", "Maire", "mairie@example.org", "0536491234"));

    public static readonly SubmitCommuneCandidature Letter = new()
    {
        InseeCode = "12268",
        CafeSituation = CafeSituation.None,
        OtherShops = 0,
        CarriedByMayor = true,
        Premises = new(true, "Ancien bar-tabac sur la place", 65, true),
        ResidentsInvolved = true,
        Contact = new("Camille Exemple", "Maire", "mairie@example.org", "0536491234"),
    };

    public static Commune Commune(int population = 423) => new("12268", "Sénergues", "12", "Aveyron", "Occitanie", population, ["12320"], []);

    public static CommuneCandidature Submitted(CandidatureFacts? facts = null, int population = 423) =>
        CommuneCandidature.Submit(Guid.CreateVersion7(Now), Ground(population), facts ?? Facts, Actor, Now);

    public static CandidatureGround Ground(int population = 423, int registryYear = 2026) => new(Commune(population), registryYear, Antenne.SouthWest, PriorityWeights.Usual);

    /// <summary>A candidature that one criterion speaks against.</summary>
    public static CommuneCandidature NotEligible() => Submitted(Facts with { CarriedByMayor = false });

    public static CommuneCandidature Overridden() => NotEligible().OverrideEligibility("Le conseil porte le dossier.", Actor, Now).Value;
}
