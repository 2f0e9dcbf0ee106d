using System.Collections.Immutable;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Matching;

/// <summary>How near somebody lives to a café: local candidates come first, and nothing else decides who comes before whom.</summary>
internal enum Closeness
{
    SameCommune,
    SameDepartement,
    SameAntenne,
    Elsewhere,
}

/// <summary>A part of a ranking that one index reads in its order.</summary>
/// <param name="Departement">The one it is of; null for the commune, and for all that is elsewhere.</param>
internal sealed record Ring(Closeness Closeness, string? Departement);

/// <summary>A place and what lies around it, ring by ring.</summary>
internal sealed record Surroundings(string InseeCode, string Departement, ImmutableArray<Ring> Rings)
{
    /// <summary>The départements that are not elsewhere.</summary>
    public IList<string> Near { get; } = [.. Rings.Select(ring => ring.Departement).OfType<string>()];

    public static Surroundings Of(string inseeCode, string departement, CommuneRegistry communes, Antennes antennes) => new(
        inseeCode,
        departement,
        [
            new(Closeness.SameCommune, null),
            new(Closeness.SameDepartement, departement),
            .. antennes.Of(departement) is { } antenne
                ? communes.Departements.Where(other => other.Code != departement && antennes.Of(other.Code) == antenne).Select(other => new Ring(Closeness.SameAntenne, other.Code))
                : [],
            new(Closeness.Elsewhere, null),
        ]);

    /// <summary>The ring that a place lies in.</summary>
    public int RingOf(string inseeCode, string departement) =>
        inseeCode == InseeCode ? 0
        : Rings.IndexOf(new(Closeness.SameDepartement, departement)) is >= 0 and var near ? near
        : Rings.IndexOf(new(Closeness.SameAntenne, departement)) is >= 0 and var around ? around
        : Rings.Length - 1;

    public Closeness ClosenessOf(string inseeCode, string departement) => Rings[RingOf(inseeCode, departement)].Closeness;
}
