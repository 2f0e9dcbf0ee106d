namespace MilleCafes.Shared.Communes;

/// <summary>A commune of the official geographic code.</summary>
/// <param name="InseeCode">Identifies the commune; neither its name nor its postcode does.</param>
/// <param name="Departement">Code of the département.</param>
/// <param name="DepartementName">Name of the département.</param>
/// <param name="Region">Name of the region.</param>
/// <param name="Population">Municipal population in force; 0 where nobody lives, also where INSEE therefore publishes none.</param>
/// <param name="Postcodes">Several communes share one, and one commune can have several.</param>
/// <param name="FormerCodes">Codes, of this commune or of those that merged into it, that are no longer in use.</param>
public sealed record Commune(
    string InseeCode,
    string Name,
    string Departement,
    string DepartementName,
    string Region,
    int Population,
    IReadOnlyList<string> Postcodes,
    IReadOnlyList<string> FormerCodes)
{
    /// <summary>The first population that is too large.</summary>
    public const int EligibleBelow = 3500;

    /// <summary>Whether the commune is small enough to apply: strictly fewer than 3 500 inhabitants.</summary>
    public bool Eligible => Population < EligibleBelow;
}

/// <summary>A département, or an overseas collectivity that the official geographic code lists with them.</summary>
public sealed record Departement(string Code, string Name, string Region);

/// <summary>What a code was when it led to a commune.</summary>
public enum CommuneCodeKind
{
    /// <summary>The commune's own code.</summary>
    Current,

    /// <summary>A commune déléguée, part of a commune nouvelle.</summary>
    Delegated,

    /// <summary>A commune associée.</summary>
    Associated,

    /// <summary>A municipal arrondissement of Paris, Lyon or Marseille.</summary>
    Arrondissement,

    /// <summary>A code no longer in use, by a merger or a change of département.</summary>
    Former,
}

/// <summary>The commune that a code leads to today.</summary>
/// <param name="RequestedCode">The code that was asked for.</param>
/// <param name="RequestedName">The name that the official geographic code has for it; none for former codes.</param>
public sealed record CommuneMatch(Commune Commune, string RequestedCode, CommuneCodeKind Kind, string? RequestedName);

/// <summary>A code that is no commune's any more.</summary>
/// <param name="On">The day of the first registry without it; none when that was too long ago to be known.</param>
public sealed record EndedCode(string InseeCode, Commune Successor, DateOnly? On);

/// <summary>A commune found by a search.</summary>
/// <param name="MatchedName">The déléguée, associée or arrondissement whose name matched; none when the commune's own did.</param>
public sealed record CommuneHit(Commune Commune, string? MatchedName);

/// <summary>A slice of a search.</summary>
/// <param name="Next">The INSEE code to continue after; none on the last page.</param>
public sealed record CommunePage(IReadOnlyList<CommuneHit> Items, string? Next);

/// <summary>An official name close to a misspelt one.</summary>
/// <param name="Name">The name that is close: the commune's own, or that of a part of it.</param>
/// <param name="Similarity">From 0, nothing in common, to 1, equal but for accents, case and hyphens.</param>
public sealed record CommuneSuggestion(Commune Commune, string Name, double Similarity);
