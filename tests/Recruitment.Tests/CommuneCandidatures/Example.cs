using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>Sénergues, opened in April 2023: a commune that fulfils every criterion unless a test says otherwise.</summary>
internal static class Example
{
    public const string Actor = "00000000-0000-7000-8000-000000000001";

    public static readonly DateTimeOffset Now = new(2023, 4, 3, 9, 30, 0, TimeSpan.Zero);

    public static readonly CandidatureFacts Facts = new(
        CafeSituation.None,
        OtherShops: 0,
        CarriedByMayor: true,
        new(Available: true, "Ancien bar-tabac sur la place", SurfaceSquareMetres: 65, HousingForTwo: true),
        ResidentsInvolved: true,
        new("Camille Exemple", "Maire", "mairie@example.org", "0565000000"));

    public static readonly SubmitCommuneCandidature Letter = new(
        "12268", CafeSituation.None, 0, true, new(true, "Ancien bar-tabac sur la place", 65, true), true, new("Camille Exemple", "Maire", "mairie@example.org", "0565000000"));

    public static Commune Commune(int population = 423) => new("12268", "Sénergues", "12", "Aveyron", "Occitanie", population, ["12320"], []);

    public static CommuneCandidature Submitted(CandidatureFacts? facts = null, int population = 423) =>
        CommuneCandidature.Submit(Guid.CreateVersion7(Now), Commune(population), 2026, facts ?? Facts, Actor, Now);

    /// <summary>A candidature that one criterion speaks against.</summary>
    public static CommuneCandidature NotEligible() => Submitted(Facts with { CarriedByMayor = false });

    public static CommuneCandidature Overridden() => NotEligible().OverrideEligibility("Le conseil porte le dossier.", Actor, Now).Value;
}
