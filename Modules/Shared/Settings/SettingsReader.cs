using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace MilleCafes.Shared;

/// <summary>Reads settings by their whole key: to ask for one is to declare it. No fault ends the reading, so that all of them can be told.</summary>
public sealed class SettingsReader(IConfiguration configuration, IHostEnvironment environment)
{
    private const int LongestShown = 80;

    private readonly List<DeclaredSetting> declared = [];
    private readonly List<string> faults = [];

    /// <summary>Whether the host runs on a developer's machine.</summary>
    public bool IsDevelopment => environment.IsDevelopment();

    /// <summary>All that was asked for.</summary>
    public IReadOnlyList<DeclaredSetting> Declared => declared;

    /// <summary>What is wrong with the values; one sentence each.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Whether somebody set it.</summary>
    public bool IsGiven(string key) => !string.IsNullOrWhiteSpace(configuration[key]) || configuration.GetSection(key).GetChildren().Any();

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool otherwise) =>
        Value(key, otherwise, text => bool.TryParse(text, out var flag) ? flag : null, "true ou false", "true or false", flag => flag ? "true" : "false");

    /// <summary>A number, whole or not as its type says.</summary>
    public T Number<T>(string key, T otherwise, T least, T most)
        where T : struct, INumber<T> => Value(
            key, otherwise, text => T.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null,
            $"un nombre de {Text(least)} à {Text(most)}", $"a number from {Text(least)} to {Text(most)}", Text);

    /// <summary>A duration between two bounds.</summary>
    public TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan least, TimeSpan most) => Value(
        key, otherwise, text => DurationForm.Parse(text, least, most), DurationForm.French(least, most), DurationForm.English(least, most), DurationForm.Write);

    /// <summary>Numbered durations, in their order; what is set replaces the usual ones altogether.</summary>
    public ImmutableArray<TimeSpan> Durations(string key, ImmutableArray<TimeSpan> otherwise, TimeSpan least, TimeSpan most)
    {
        declared.Add(new(key, string.Join(", ", otherwise.Select(DurationForm.Write)), IsList: true));
        var given = configuration.GetSection(key);
        if (!string.IsNullOrWhiteSpace(given.Value))
        {
            Refuse(key, given.Value, $"une liste : {key}:0, {key}:1…", $"a list: {key}:0, {key}:1…");
        }

        var read = given.GetChildren().Select(item => Parse(item.Path, item.Value ?? "", text => DurationForm.Parse(text, least, most), DurationForm.French(least, most), DurationForm.English(least, most)))
            .OfType<TimeSpan>().ToImmutableArray();
        return read.IsEmpty ? otherwise : read;
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string key, string otherwise, params string[] choices) => Reference(
        key, otherwise, text => Array.Find(choices, choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)),
        $"un de ces mots : {string.Join(", ", choices)}", $"one of these words: {string.Join(", ", choices)}")!;

    /// <summary>An absolute address of one of these schemes.</summary>
    public Uri? Address(string key, params string[] schemes) => Reference(
        key, null, text => Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) ? address : null,
        $"une adresse qui commence par {string.Join(" ou ", schemes.Select(scheme => $"{scheme}://"))}",
        $"an address that starts with {string.Join(" or ", schemes.Select(scheme => $"{scheme}://"))}");

    /// <summary>Words, numbered or in one line with commas between them; each has to be well-formed, and they replace the usual ones altogether.</summary>
    public ImmutableArray<string> Texts(string key, Func<string, bool> isWellFormed, string french, string english, params ImmutableArray<string> otherwise)
    {
        declared.Add(new(key, string.Join(", ", otherwise), IsList: true));
        var given = configuration.GetSection(key);
        var texts = given.GetChildren().Select(item => item.Value).Append(given.Value).OfType<string>()
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToImmutableArray();
        foreach (var wrong in texts.Where(text => !isWellFormed(text)))
        {
            Refuse(key, wrong, french, english);
        }

        return texts.IsEmpty ? otherwise : texts;
    }

    /// <summary>Any text.</summary>
    public string? Text(string key, string? otherwise = null) => Reference(key, otherwise, text => text, "", "");

    /// <summary>A text that may hold a password: no fault ever repeats it.</summary>
    public string? Secret(string key, Func<string, bool> isWellFormed, string french, string english)
    {
        declared.Add(new(key, ""));
        if (configuration[key] is not { } text || string.IsNullOrWhiteSpace(text) || isWellFormed(text))
        {
            return configuration[key];
        }

        Refuse(Language.Choose($"{key} : il faut {french}", $"{key} must be {english}"));
        return null;
    }

    /// <summary>Settings that do not go together, or another fault that no single value has.</summary>
    public void Refuse(string french, string english) => Refuse(Language.Choose(french, english));

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private T Value<T>(string key, T otherwise, Func<string, T?> parse, string french, string english, Func<T, string> write)
        where T : struct
    {
        declared.Add(new(key, write(otherwise)));
        return configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? Parse(key, text, parse, french, english) ?? otherwise : otherwise;
    }

    private T? Reference<T>(string key, T? otherwise, Func<string, T?> parse, string french, string english)
        where T : class
    {
        declared.Add(new(key, otherwise?.ToString() ?? ""));
        if (configuration[key] is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return otherwise;
        }

        if (parse(text.Trim()) is { } value)
        {
            return value;
        }

        Refuse(key, text, french, english);
        return otherwise;
    }

    private T? Parse<T>(string key, string text, Func<string, T?> parse, string french, string english)
        where T : struct
    {
        if (parse(text.Trim()) is { } value)
        {
            return value;
        }

        Refuse(key, text, french, english);
        return null;
    }

    private void Refuse(string key, string text, string french, string english)
    {
        var shown = new string([.. text.Take(LongestShown).Select(character => char.IsControl(character) ? ' ' : character)]);
        Refuse(Language.Choose($"{key} = « {shown} » : il faut {french}", $"{key} = “{shown}”: it must be {english}"));
    }

    private void Refuse(string fault) => faults.Add(fault);
}
