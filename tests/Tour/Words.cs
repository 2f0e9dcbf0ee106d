using System.Globalization;

namespace MilleCafes.Tour;

/// <summary>The language of what the tour prints: French, or English when asked for.</summary>
internal sealed class Words(bool english)
{
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public CultureInfo Culture { get; } = CultureInfo.GetCultureInfo(english ? "en-GB" : "fr-FR");

    public string Language => english ? "en" : "fr";

    public string Choose(string french, string englishText) => english ? englishText : french;

    /// <summary>The language that the environment asks for.</summary>
    public static bool EnvironmentIsEnglish => Variables
        .Select(Environment.GetEnvironmentVariable)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value))?.StartsWith("en", StringComparison.OrdinalIgnoreCase) is true;
}
