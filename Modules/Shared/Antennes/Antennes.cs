using System.Collections.Immutable;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Shared;

/// <summary>Which antenne a département belongs to: that of its region, and in Nouvelle-Aquitaine the one that the settings say.</summary>
public sealed class Antennes
{
    private const string NorthKey = "Antennes:NouvelleAquitaineNorth";
    private const string SouthKey = "Antennes:NouvelleAquitaineSouth";

    private static readonly ImmutableArray<string> UsualNorth = ["16", "17", "23", "79", "86", "87"];
    private static readonly ImmutableArray<string> UsualSouth = ["19", "24", "33", "40", "47", "64"];

    private readonly ImmutableArray<string> north;
    private readonly ImmutableArray<string> south;

    private Antennes(ImmutableArray<string> north, ImmutableArray<string> south) => (this.north, this.south) = (north, south);

    /// <summary>The antennes as they are when nobody sets anything.</summary>
    public static Antennes Usual { get; } = new(UsualNorth, UsualSouth);

    /// <summary>Reads the split of Nouvelle-Aquitaine, each département of which is in one half.</summary>
    public static Antennes Read(SettingsReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var north = Half(read, NorthKey, UsualNorth);
        var south = Half(read, SouthKey, UsualSouth);
        foreach (var code in north.Intersect(south))
        {
            read.Refuse($"{NorthKey} et {SouthKey} : le département {code} est dans les deux", $"{NorthKey} and {SouthKey}: the département {code} is in both");
        }

        foreach (var code in UsualNorth.Concat(UsualSouth).Except(north).Except(south))
        {
            read.Refuse($"{NorthKey} et {SouthKey} : le département {code} n'est dans aucun des deux", $"{NorthKey} and {SouthKey}: the département {code} is in neither");
        }

        return new(north, south);
    }

    /// <summary>The antenne of a département; none in Corsica and overseas, and for a code that is no département's.</summary>
    public Antenne? Of(string? departement) => CommuneRegistry.Official.FindDepartement(departement) switch
    {
        null => null,
        var found when north.Contains(found.Code) => Antenne.CentreWest,
        var found when south.Contains(found.Code) => Antenne.SouthWest,
        var found => OfRegion(found.Region),
    };

    private static ImmutableArray<string> Half(SettingsReader read, string key, ImmutableArray<string> usual) => read.Texts(
        key, code => UsualNorth.Contains(code) || UsualSouth.Contains(code), "un département de Nouvelle-Aquitaine", "a département of Nouvelle-Aquitaine", usual);

    private static Antenne? OfRegion(string region) => region switch
    {
        "Grand Est" or "Hauts-de-France" or "Île-de-France" => Antenne.NorthEast,
        "Bretagne" or "Normandie" => Antenne.NorthWest,
        "Pays de la Loire" or "Centre-Val de Loire" => Antenne.CentreWest,
        "Occitanie" => Antenne.SouthWest,
        "Auvergne-Rhône-Alpes" or "Provence-Alpes-Côte d'Azur" or "Bourgogne-Franche-Comté" => Antenne.SouthEast,
        _ => null,
    };
}
