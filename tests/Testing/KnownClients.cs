using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Host.Access.Keys;
using Npgsql;

namespace MilleCafes.Testing;

/// <summary>Clients that recruitment can ask for something: it hears of each a moment after the answer that adds it.</summary>
public static class KnownClients
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>The client that a first start adds.</summary>
    public static Guid Administrator => FirstAdministratorKey.ClientId;

    /// <summary>One more of the team, without a key, who can be asked at once.</summary>
    public static async Task<Guid> ColleagueAsync(this MilleCafesHost host)
    {
        using var added = await host.Administrator.PostAsJsonAsync("/v1/access/clients", new { name = "Collègue", kind = "staff", scopes = new[] { "recruitment:write" } });
        added.EnsureSuccessStatusCode();
        var id = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await KnownAsync(host.Connection, id);
        return id;
    }

    /// <summary>Returns when recruitment knows of a client.</summary>
    public static async Task KnownAsync(string connection, Guid client)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var known = database.CreateCommand("select exists (select from recruitment.mt_doc_knownclient where id = $1)");
        known.Parameters.Add(new() { Value = client });
        await Eventually.True(async () => await known.ExecuteScalarAsync() is true, LongestWait, $"recruitment knows of {client}");
    }
}
