using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Organisations;

namespace MilleCafes.Recruitment.Tests.CafeCandidatures;

/// <summary>A café that fulfils every criterion unless a test says otherwise.</summary>
internal static class CafeExample
{
    public const string Actor = "00000000-0000-7000-8000-000000000001";

    public static readonly DateTimeOffset Now = new(2026, 4, 3, 9, 30, 0, TimeSpan.Zero);

    public static readonly Guid Client = Guid.Parse(Actor);

    public static readonly CafeFacts Facts = new(
        "Café de la Place", true, true, DedicatedSpace.TeaRoom, DrinksLicence.None, [WeakeningCause.Isolation], "Peu de passage.",
        [new(2024, 6_000_000, 5_900_000, 240), new(2025, 6_200_000, 5_900_000, 250)], new("Dominique Exemple", "cafe@example.org", null));

    public static Siret Siret => MilleCafes.Shared.Organisations.Siret.TryParse("73282932000074", out var siret) ? siret : default;

    public static Commune Commune(int population = 423) => new("12268", "Sénergues", "12", "Aveyron", "Occitanie", population, ["12320"], []);

    public static CafeCandidature Submitted(CafeFacts? facts = null, int population = 423) =>
        CafeCandidature.Submit(Guid.CreateVersion7(Now), Siret, Commune(population), 2026, facts ?? Facts, Client, Now);

    public static CafeCandidature NotEligible() => Submitted(Facts with { CarriedByGerant = false });

    public static CafeCandidature Overridden() => NotEligible().OverrideEligibility("Le gérant arrive en mai.", Actor, Now).Value;
}
