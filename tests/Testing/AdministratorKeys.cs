using System.Text.RegularExpressions;

namespace MilleCafes.Testing;

/// <summary>Finds the key that a host's first start tells.</summary>
public static partial class AdministratorKeys
{
    public static string? In(string? announcement) => Key().Match(announcement ?? "") is { Success: true } match ? match.Value : null;

    [GeneratedRegex("mck_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();
}
