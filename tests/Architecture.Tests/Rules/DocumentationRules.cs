using System.Text.RegularExpressions;

namespace MilleCafes.Architecture.Tests;

/// <summary>A page of the documentation, by its path from the root of the repository.</summary>
internal sealed record DocumentationPage(string Path, string Text);

/// <summary>The documentation leads where it says.</summary>
internal static partial class DocumentationRules
{
    public static Func<IEnumerable<DocumentationPage>, IEnumerable<string>> Links(Func<string, bool> exists) => pages => pages.SelectMany(page => Link().Matches(page.Text)
        .Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#')).Distinct()
        .Where(link => !exists(Path.Combine(Path.GetDirectoryName(page.Path)!, link.Split('#')[0])))
        .Select(link => $"{page.Path} leads to {link}, which is not there."));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
