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

/// <summary>A part of a ranking, the oldest first in it.</summary>
/// <param name="Departements">Those it is made of, each of which an index reads in its order; none for the commune, and for all that is elsewhere.</param>
internal sealed record Ring(Closeness Closeness, ImmutableArray<string> Departements);

/// <summary>A place and what lies around it, ring by ring.</summary>
/// <param name="Codes">Each that has led to its commune: whoever lives under one of them lives there.</param>
internal sealed record Surroundings(ImmutableArray<string> Codes, ImmutableArray<Ring> Rings)
{
    /// <summary>The départements that are not elsewhere.</summary>
    public IList<string> Near { get; } = [.. Rings.SelectMany(ring => ring.Departements)];

    public static Surroundings Of(string inseeCode, string departement, CommuneRegistry communes, Antennes antennes) => new(
        [.. communes.CodesOf(inseeCode)],
        [
            new(Closeness.SameCommune, []),
            new(Closeness.SameDepartement, [departement]),
            .. antennes.Of(departement) is { } antenne
                ? [new(Closeness.SameAntenne, [.. communes.Departements.Select(other => other.Code).Where(other => other != departement && antennes.Of(other) == antenne)])]
                : Array.Empty<Ring>(),
            new(Closeness.Elsewhere, []),
        ]);

    /// <summary>The ring that a place lies in.</summary>
    public int RingOf(string inseeCode, string departement)
    {
        var there = Codes.Contains(inseeCode);
        for (var ring = 1; ring < Rings.Length && !there; ring++)
        {
            if (Rings[ring].Departements.Contains(departement))
            {
                return ring;
            }
        }

        return there ? 0 : Rings.Length - 1;
    }

    public Closeness ClosenessOf(string inseeCode, string departement) => Rings[RingOf(inseeCode, departement)].Closeness;
}
