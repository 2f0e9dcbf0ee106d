namespace MilleCafes.Shared;

/// <summary>A regional office of the network.</summary>
public enum Antenne
{
    NorthEast,
    NorthWest,
    CentreWest,
    SouthWest,
    SouthEast,
}

/// <summary>What the network itself calls its antennes.</summary>
public static class AntenneNames
{
    /// <summary>The regions of the antenne, as the network writes them.</summary>
    public static string OfficialName(this Antenne antenne) => antenne switch
    {
        Antenne.NorthEast => "Grand Est / Hauts-de-France / Île-de-France",
        Antenne.NorthWest => "Bretagne / Normandie",
        Antenne.CentreWest => "Pays de la Loire / Centre-Val de Loire / Nouvelle-Aquitaine Nord",
        Antenne.SouthWest => "Occitanie / Nouvelle-Aquitaine Sud",
        Antenne.SouthEast => "Auvergne-Rhône-Alpes / Provence-Alpes-Côte d'Azur / Bourgogne-Franche-Comté",
        _ => throw new ArgumentOutOfRangeException(nameof(antenne), antenne, "There is no such antenne."),
    };
}
