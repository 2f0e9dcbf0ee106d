using System.Collections.Immutable;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>What an operator may change of the API's guarantees: the sections <c>Http</c> and <c>RateLimit</c> of the configuration.</summary>
internal sealed record HttpSettings
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long a request may take to be answered.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The sites whose pages may call the API from a browser; none unless told.</summary>
    public ImmutableArray<string> CorsOrigins { get; init; } = [];

    /// <summary>The proxies, by address or network, that are believed when they say who calls; none unless told.</summary>
    public ImmutableArray<string> TrustedProxies { get; init; } = [];

    /// <summary>How many requests a holder has at most, and gets anew over a window.</summary>
    public int Permits { get; init; } = 1_200;

    /// <summary>How long it takes to get all of them anew.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    public static HttpSettings Read(SettingsReader read)
    {
        var usual = new HttpSettings();
        return new()
        {
            Timeout = read.Duration("Http:Timeout", usual.Timeout, Shortest, Longest),
            CorsOrigins = read.Texts("Http:CorsOrigins", IsOrigin, "une origine comme https://site.example, sans chemin, ou *", "an origin such as https://site.example, without a path, or *"),
            TrustedProxies = read.Texts("Http:TrustedProxies", Proxies.IsOne, "une adresse IP, ou un réseau comme 10.0.0.0/8", "an IP address, or a network such as 10.0.0.0/8"),
            Permits = read.Number("RateLimit:Permits", usual.Permits, 1, int.MaxValue),
            Window = read.Duration("RateLimit:Window", usual.Window, Shortest, Longest),
        };
    }

    private static bool IsOrigin(string given) => given == "*"
        || (Uri.TryCreate(given, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" && origin.GetLeftPart(UriPartial.Authority) == given);
}
