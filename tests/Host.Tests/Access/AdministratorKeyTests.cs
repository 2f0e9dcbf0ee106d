using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Tests.Platform;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

/// <summary>Whoever can start the host can get in again, and nobody else is let in by that.</summary>
public sealed class AdministratorKeyTests(MilleCafesHost host)
{
    private const string Clients = "/v1/access/clients";

    private static readonly string Administrator = $"{Clients}/{FirstAdministratorKey.ClientId}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update access.mt_doc_apikey set data = jsonb_set(data, '{revokedAt}', '\"2026-01-01T00:00:00+00:00\"')")]
    [InlineData("update access.mt_doc_apikey set data = jsonb_set(data, '{expiresAt}', '\"2026-01-01T00:00:00+00:00\"')")]
    [InlineData("delete from access.mt_doc_apikey")]
    [InlineData("delete from access.mt_doc_apikey; delete from access.mt_doc_client")]
    [InlineData("update access.mt_doc_client set data = jsonb_set(data, '{disabledAt}', '\"2026-01-01T00:00:00+00:00\"')")]
    [InlineData("update access.mt_doc_client set data = jsonb_set(data, '{scopes}', '[\"recruitment:read\"]')")]
    public async Task When_no_key_can_manage_access_any_more_the_next_start_tells_a_new_one_once(string loss)
    {
        await using var first = await OwnHost.StartAsync(host);
        await ExecuteAsync(first, loss);

        await using var second = await first.BesideAsync();
        await using var third = await first.BesideAsync();

        Assert.NotNull(second.Told);
        Assert.NotEqual(first.Told, second.Told);
        Assert.Null(third.Told);
        using var found = await second.Anonymous.AskAsync(HttpMethod.Get, Clients, ("Authorization", $"Bearer {second.Told}"));
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Fact]
    public async Task Of_several_hosts_that_start_at_once_one_tells_the_key()
    {
        await using var first = await OwnHost.StartAsync(host);
        await ExecuteAsync(first, "delete from access.mt_doc_apikey");

        var started = await Task.WhenAll(first.BesideAsync(), first.BesideAsync(), first.BesideAsync());

        Assert.Single(started, another => another.Told is not null);
        foreach (var another in started)
        {
            await another.DisposeAsync();
        }
    }

    [Fact]
    public async Task While_another_key_can_manage_access_a_revoked_one_has_no_successor()
    {
        await using var first = await OwnHost.StartAsync(host);
        using var given = await first.Administrator.PostAsJsonAsync($"{Administrator}/keys", new { scopes = new[] { "access:manage" } }, Token);
        var other = (string)JsonNode.Parse(await given.Content.ReadAsStringAsync(Token))!["key"]!["id"]!;
        await ExecuteAsync(first, $"update access.mt_doc_apikey set data = jsonb_set(data, '{{revokedAt}}', '\"2026-01-01T00:00:00+00:00\"') where id <> '{other}'");

        await using var second = await first.BesideAsync();

        Assert.Null(second.Told);
    }

    [Fact]
    public async Task What_the_administrator_was_forbidden_stays_so_and_what_a_release_brings_is_added()
    {
        await using var first = await OwnHost.StartAsync(host);
        string[] reduced = ["recruitment:read", "network:read", "network:write", "access:manage"];
        using var changed = await first.Administrator.PutAsJsonAsync(Administrator, new { name = "administrator", kind = "staff", scopes = reduced }, Token);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);

        await using (var second = await first.BesideAsync())
        {
            Assert.Equal(reduced, await ScopesAsync(second));
        }

        // As the release before « network:write » left it
        await ExecuteAsync(
            first,
            """
            update access.mt_doc_client set data = jsonb_set(jsonb_set(data, '{knownScopes}', (data -> 'knownScopes') - 'network:write'), '{scopes}', (data -> 'scopes') - 'network:write');
            update access.mt_doc_apikey set data = jsonb_set(data, '{scopes}', (data -> 'scopes') - 'network:write')
            """);
        await using var third = await first.BesideAsync();

        Assert.Equal(reduced.Order(), (await ScopesAsync(third)).Order());
        var myself = JsonNode.Parse(await third.Administrator.GetStringAsync("/v1/access/me", Token))!;
        Assert.Contains("network:write", myself["scopes"]!.AsArray().Select(scope => (string)scope!));
        Assert.Null(third.Told);
    }

    private static async Task<string[]> ScopesAsync(OwnHost own) =>
        [.. JsonNode.Parse(await own.Administrator.GetStringAsync(Administrator, Token))!["scopes"]!.AsArray().Select(scope => (string)scope!)];

    private static async Task ExecuteAsync(OwnHost own, string sql)
    {
        await using var database = NpgsqlDataSource.Create(own.Connection);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
