namespace MilleCafes.Shared.Communes;

/// <summary>One name of one commune, with all that a scan asks of it side by side in memory.</summary>
/// <param name="Part">The déléguée, associée or arrondissement that bears the name; -1 for the commune itself.</param>
/// <param name="Article">Length of the leading article.</param>
/// <param name="Departement">Position of the département in the registry.</param>
internal readonly record struct NameEntry(
    ulong FirstLetters, ulong Starts, int Offset, int Commune, int Part, byte Length, byte Article, byte Departement, bool Eligible);
