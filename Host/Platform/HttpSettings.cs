using System.Collections.Immutable;

namespace MilleCafes.Host.Platform;

/// <summary>What an operator may change of the API's guarantees: the sections <c>Http</c> and <c>RateLimit</c> of the configuration.</summary>
internal sealed record HttpSettings
{
    /// <summary>How long a request may take to be answered.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The sites whose pages may call the API from a browser; none unless told.</summary>
    public ImmutableArray<string> CorsOrigins { get; init; } = [];

    /// <summary>How many requests a holder has at most, and gets anew over a window.</summary>
    public int Permits { get; init; } = 1_200;

    /// <summary>How long it takes to get all of them anew.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidCommandLineException">A setting is not of its form.</exception>
    public static HttpSettings From(IConfiguration configuration)
    {
        var usual = new HttpSettings();
        return new()
        {
            Timeout = Duration(configuration, "Http:Timeout", usual.Timeout),
            CorsOrigins = [.. OriginsIn(configuration).Select(OriginOf)],
            Permits = Number(configuration, "RateLimit:Permits", usual.Permits),
            Window = Duration(configuration, "RateLimit:Window", usual.Window),
        };
    }

    // A list in a file, and one line elsewhere: « https://a.example,https://b.example »
    private static IEnumerable<string> OriginsIn(IConfiguration configuration)
    {
        var section = configuration.GetSection("Http:CorsOrigins");
        return section.GetChildren().Select(child => child.Value).Append(section.Value).OfType<string>()
            .SelectMany(origins => origins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string OriginOf(string given) =>
        given == "*" || (Uri.TryCreate(given, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" && origin.GetLeftPart(UriPartial.Authority) == given)
            ? given
            : throw Refuse("Http:CorsOrigins", given, "une origine s'écrit https://site.example, sans chemin, ou *", "an origin is written https://site.example, without a path, or *");

    private static TimeSpan Duration(IConfiguration configuration, string name, TimeSpan usual) => configuration[name] switch
    {
        null => usual,
        var given when TimeSpan.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero && duration <= TimeSpan.FromDays(1) => duration,
        var given => throw Refuse(name, given, "une durée s'écrit 00:00:30, au plus un jour", "a duration is written 00:00:30, one day at most"),
    };

    private static int Number(IConfiguration configuration, string name, int usual) => configuration[name] switch
    {
        null => usual,
        var given when int.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var given => throw Refuse(name, given, "un nombre entier d'au moins 1", "a whole number of at least 1"),
    };

    private static InvalidCommandLineException Refuse(string name, string given, string french, string english) =>
        new($"{name}={given} : {french}", $"{name}={given}: {english}");
}
