using MilleCafes.Shared;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>One client of each kind, with every scope its kind can have, and one whose key opens almost nothing.</summary>
internal sealed record Holders(IReadOnlyDictionary<HolderKind, HttpClient> ByKind, HttpClient Scopeless)
{
    private static readonly string[] Everything =
    [
        "recruitment:read", "recruitment:write", "accompaniment:read", "accompaniment:write", "network:read", "network:write",
        "events:read", "events:write", "impact:read", "impact:write", "webhooks:manage", "personal-data:read",
    ];

    /// <param name="commune">The commune of the mairie.</param>
    /// <param name="cafe">The café of the gérant and of the partner.</param>
    public static async Task<Holders> OfAsync(MilleCafesHost host, string commune, Guid cafe)
    {
        var holders = new Dictionary<HolderKind, HttpClient>();
        foreach (var kind in new[] { HolderKind.Staff, HolderKind.Partner, HolderKind.Mairie, HolderKind.Gerant })
        {
            holders[kind] = host.With((await host.AddClientAsync(Facts(kind, commune, cafe))).Key);
        }

        return new(holders, host.With((await host.AddClientAsync(new { name = "Sans rien", kind = "staff", scopes = Array.Empty<string>() })).Key));
    }

    /// <summary>Another client of this kind, with nothing yet but its own commune, or a café that is no more.</summary>
    public static Task<Writer> AnotherAsync(MilleCafesHost host, HolderKind kind)
    {
        var commune = host.NextInseeCode();
        return Writer.OfAsync(host, Facts(kind, commune, null), kind == HolderKind.Mairie ? commune : null);
    }

    private static object Facts(HolderKind kind, string commune, Guid? cafe)
    {
        var cafes = cafe is { } one ? new[] { one } : [];
        return kind switch
        {
            HolderKind.Staff => new { name = "Équipe", kind = "staff", scopes = Everything.Append("access:manage") },
            HolderKind.Partner => new { name = "Fondation", kind = "partner", scopes = Everything, cafes },
            HolderKind.Mairie => new { name = "Mairie", kind = "mairie", scopes = Everything, inseeCode = commune },
            HolderKind.Gerant => new { name = "Gérante", kind = "gerant", scopes = Everything, cafes = new[] { cafe ?? Guid.CreateVersion7() } },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}
