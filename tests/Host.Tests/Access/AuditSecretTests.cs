using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Access;
using MilleCafes.Host.Access.Audit;
using MilleCafes.Host.Tests.Platform;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

/// <summary>What is in an entry, and what is in none.</summary>
public sealed class AuditSecretTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_and_no_hash_of_one_is_in_the_audit()
    {
        var (client, key) = await host.AddClientAsync(new { name = "Partenaire", kind = "partner", scopes = new[] { "webhooks:manage" } });
        using var http = host.With(key);
        using var subscribed = await http.PostAsJsonAsync("/v1/webhooks/subscriptions", new { url = "http://127.0.0.1:9/", eventTypes = new[] { "*" } }, Token);
        var subscription = (await subscribed.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!;
        using var rotated = await http.PostAsJsonAsync($"/v1/webhooks/subscriptions/{subscription}/rotation", new { }, Token);
        using var token = await host.Anonymous.PostAsync("/oauth/token", new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", $"{client}"), new("client_secret", key)]), Token);
        Assert.True(token.IsSuccessStatusCode, await token.Content.ReadAsStringAsync(Token));
        var secrets = await ColumnAsync(
            "select data ->> 'hash' from access.mt_doc_apikey union select data ->> 'hash' from access.mt_doc_accesstoken "
            + "union select key ->> 'secret' from webhooks.mt_doc_webhooksubscription, jsonb_array_elements(data -> 'keys') key");
        Assert.True(secrets.Count >= 4, $"{secrets.Count} secrets");
        using var ended = await http.DeleteAsync($"/v1/webhooks/subscriptions/{subscription}", Token);

        var audit = string.Join('\n', await ColumnAsync("select data::text from access.mt_doc_auditentry"));
        Assert.DoesNotContain(secrets, secret => audit.Contains(secret, StringComparison.Ordinal));
        var entry = Assert.Single(await EntriesAsync($"operation=IssueToken&clientId={client}"))!;
        Assert.NotEqual(Guid.Empty, (Guid)entry["keyId"]!);
    }

    [Fact]
    public async Task A_copy_that_is_kept_in_step_hears_of_each_write()
    {
        var since = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().ToString("O"));
        var subject = await Partner.SubmitAsync(host.Administrator, host.NextInseeCode());
        Assert.Contains(await EntriesAsync($"updatedSince={since}&subject={subject}"), entry => (string?)entry!["act"] == "created");
    }

    [Fact]
    public async Task Entries_of_former_releases_are_found_too_and_lose_their_secrets()
    {
        await using var own = await OwnHost.StartAsync(host);
        var subject = await Partner.SubmitAsync(own.Administrator, host.NextInseeCode());
        await using (var database = NpgsqlDataSource.Create(own.Connection))
        {
            await using var aged = database.CreateCommand(
                $$"""update access.mt_doc_auditentry set data = (data - 'updatedAt' - 'revision') || '{"changes":[{"pointer":"/hash","to":"1"},{"pointer":"/keys/0/secret","from":"2"},{"pointer":"/status","to":"3"}]}'""");
            await aged.ExecuteNonQueryAsync(Token);
        }

        await new AuditUpgrade(own.Services.GetRequiredService<IAccessStore>()).StartedAsync(Token);

        var found = await own.Administrator.GetFromJsonAsync<JsonObject>($"/v1/access/audit?updatedSince=2020-01-01T00:00:00Z&act=created&subject={subject}", Token);
        var entry = Assert.Single(found!["items"]!.AsArray())!;
        Assert.Equal("/status", (string?)Assert.Single(entry["changes"]!.AsArray())!["pointer"]);
    }

    private async Task<List<string>> ColumnAsync(string query)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var column = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            column.Add(reader.GetString(0));
        }

        return column;
    }

    private async Task<JsonArray> EntriesAsync(string filter) =>
        (await host.Administrator.GetFromJsonAsync<JsonObject>($"/v1/access/audit?{filter}", Token))!["items"]!.AsArray();
}
