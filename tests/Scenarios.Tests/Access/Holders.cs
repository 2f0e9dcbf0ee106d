using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>One client of each kind, with every scope its kind can have, and one whose key opens almost nothing.</summary>
internal sealed record Holders(HttpClient Staff, HttpClient Partner, HttpClient Mairie, HttpClient Gerant, HttpClient Scopeless)
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
        return new(
            await WithAsync(new { name = "Équipe", kind = "staff", scopes = Everything.Append("access:manage") }),
            await WithAsync(new { name = "Fondation", kind = "partner", scopes = Everything, cafes = new[] { cafe } }),
            await WithAsync(new { name = "Mairie", kind = "mairie", scopes = Everything, inseeCode = commune }),
            await WithAsync(new { name = "Gérante", kind = "gerant", scopes = Everything, cafes = new[] { cafe } }),
            await WithAsync(new { name = "Sans rien", kind = "staff", scopes = Array.Empty<string>() }));

        async Task<HttpClient> WithAsync(object facts) => host.With((await host.AddClientAsync(facts)).Key);
    }
}
