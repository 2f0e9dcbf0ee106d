using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

public sealed class AuditErasureTests(MilleCafesHost host)
{
    private const string Marker = "marqueur.unique@example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_audit_says_of_a_person_is_erased_with_them_and_the_rest_stays()
    {
        using var submitted = await host.Administrator.PostAsJsonAsync(
            "/v1/recruitment/commune-candidatures",
            new
            {
                inseeCode = host.NextInseeCode(), cafeSituation = "none", otherShops = 0, carriedByMayor = true, premises = new { available = true },
                residentsInvolved = true, contact = new { name = "Camille Exemple", email = Marker },
            },
            Token);
        var subject = (Guid)JsonNode.Parse(await submitted.Content.ReadAsStringAsync(Token))!["id"]!;
        Assert.NotEqual(0, await MentionsAsync());

        await host.TrackAsync(() => host.PublishAsync(new PersonalDataErased(subject, TimeProvider.System.GetUtcNow())));

        Assert.Equal(0, await MentionsAsync());
        var entries = JsonNode.Parse(await host.Administrator.GetStringAsync($"/v1/access/audit?subject={subject}&act=created", Token))!["items"]!.AsArray();
        var entry = Assert.Single(entries)!;
        Assert.NotNull(entry["erasedAt"]);
        Assert.Contains(entry["changes"]!.AsArray(), change => (string)change!["pointer"]! == "/communeName" && change["to"] is not null);
        Assert.Contains(entry["changes"]!.AsArray(), change => (bool)change!["personal"]! && change["to"] is null);
    }

    [Fact]
    public async Task Who_is_written_to_no_more_is_erased_from_the_audit()
    {
        var address = $"{Guid.CreateVersion7():n}@example.org";
        var (client, _) = await host.AddClientAsync(new { name = "Partenaire", kind = "partner", scopes = Array.Empty<string>(), email = address });
        Assert.NotEqual(0, await MentionsAsync(address));
        await host.TrackAsync(async () =>
        {
            using var changed = await host.Administrator.PutAsJsonAsync($"/v1/access/clients/{client}", new { name = "Partenaire", kind = "partner", scopes = Array.Empty<string>() }, Token);
            Assert.True(changed.IsSuccessStatusCode);
        });
        Assert.Equal(0, await MentionsAsync(address));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_was_told_of_a_subscription_is_erased_from_the_audit_with_it(bool ends)
    {
        var address = $"{Guid.CreateVersion7():n}@example.org";
        using var made = await host.Administrator.PostAsJsonAsync(
            "/v1/webhooks/subscriptions", new { url = "http://127.0.0.1:9/", eventTypes = new[] { "recruitment.*" }, contactEmail = address }, Token);
        var subscription = $"/v1/webhooks/subscriptions/{JsonNode.Parse(await made.Content.ReadAsStringAsync(Token))!["id"]}";
        Assert.NotEqual(0, await MentionsAsync(address));
        await host.TrackAsync(async () =>
        {
            using var done = ends ? await host.Administrator.DeleteAsync(subscription, Token) : await host.Administrator.PatchAsJsonAsync(subscription, new { contactEmail = "" }, Token);
            Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(Token));
        });
        Assert.Equal(0, await MentionsAsync(address));
    }

    private async Task<long> MentionsAsync(string marker = Marker)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand($"select count(*) from access.mt_doc_auditentry where data::text like '%{marker}%'");
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
