using Microsoft.Extensions.Configuration.CommandLine;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>Finds what was set and nobody reads, so that no typo is lost in silence.</summary>
internal static class UnknownSettings
{
    // The framework's own: their keys are its business
    private static readonly string[] Foreign = ["AllowedHosts", "Kestrel", "Logging", "urls", "http_ports", "https_ports", "https_port", "environment", "contentRoot", "applicationName", "webRoot", "shutdownTimeoutSeconds"];

    public static IEnumerable<string> Of(IConfigurationRoot configuration, IReadOnlyList<DeclaredSetting> declared)
    {
        var sections = declared.Where(setting => setting.Key.Contains(':', StringComparison.Ordinal)).Select(setting => setting.Key.Split(':')[0])
            .Except(Foreign).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var inSections = sections.SelectMany(section => Leaves(configuration.GetSection(section))).Where(leaf => !declared.Any(setting => Covers(setting, leaf)))
            .Select(leaf => Tell(leaf, Closest(leaf, declared.Select(setting => setting.Key))));
        var others = configuration.GetChildren().Where(child => !IsKnown(child.Key)).ToList();
        // Anything may stand in the environment; what looks like a section of ours was meant as one
        var alike = others.Where(child => child.GetChildren().Any()).Select(child => (child.Key, Meant: Closest(child.Key, sections))).Where(child => child.Meant is not null).ToList();
        // On the command line nothing stands by chance
        var options = configuration.Providers.OfType<CommandLineConfigurationProvider>().SelectMany(given => given.GetChildKeys([], null))
            .Distinct(StringComparer.OrdinalIgnoreCase).Where(key => !IsKnown(key) && alike.All(child => child.Key != key))
            .Select(key => Tell($"--{key}", Closest($"--{key}", CommandLine.Switches.Keys)));
        return [.. inSections, .. alike.Select(child => Tell(child.Key, child.Meant)), .. options];

        bool IsKnown(string key) => sections.Contains(key, StringComparer.OrdinalIgnoreCase) || Foreign.Contains(key, StringComparer.OrdinalIgnoreCase)
            || declared.Any(setting => Covers(setting, key));
    }

    private static string Tell(string key, string? meant) => meant is null
        ? Language.Choose($"{key} : ce réglage n'existe pas", $"{key}: there is no such setting")
        : Language.Choose($"{key} : ce réglage n'existe pas ; est-ce {meant} ?", $"{key}: there is no such setting; is it {meant}?");

    private static bool Covers(DeclaredSetting setting, string key) => key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)
        || (setting.IsList && key.StartsWith(setting.Key + ":", StringComparison.OrdinalIgnoreCase) && int.TryParse(key[(setting.Key.Length + 1)..], out _));

    private static IEnumerable<string> Leaves(IConfigurationSection section) =>
        section.GetChildren().ToList() is { Count: > 0 } children ? children.SelectMany(Leaves) : section.Value is null ? [] : [section.Path];

    /// <summary>The name that is a slip or two away, if there is one.</summary>
    private static string? Closest(string given, IEnumerable<string> names) => names
        .Select(name => (Name: name, Slips: Slips(given.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(name => name.Slips <= (given.Length < 8 ? 2 : 3)).OrderBy(name => name.Slips).Select(name => name.Name).FirstOrDefault();

    // Levenshtein's distance, one row at a time
    private static int Slips(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var line = 1; line <= from.Length; line++)
        {
            var (corner, left) = (row[0], row[0] = line);
            for (var column = 1; column <= to.Length; column++)
            {
                (corner, left) = (row[column], Math.Min(Math.Min(left, row[column]) + 1, corner + (from[line - 1] == to[column - 1] ? 0 : 1)));
                row[column] = left;
            }
        }

        return row[^1];
    }
}
