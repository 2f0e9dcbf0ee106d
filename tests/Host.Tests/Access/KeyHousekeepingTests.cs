using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MilleCafes.Host.Access;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Access.Reactions;
using MilleCafes.Host.Tests.Platform;
using MilleCafes.Shared.Mail;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

public sealed class KeyHousekeepingTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_end_of_a_key_is_told_once_before_it_comes()
    {
        var (client, _) = await host.AddClientAsync(new { name = "Assureur", kind = "partner", scopes = new[] { "recruitment:read" } });
        using var given = await host.Administrator.PostAsJsonAsync($"/v1/access/clients/{client}/keys", new { expiresAt = TimeProvider.System.GetUtcNow().AddDays(6) }, Token);
        var id = (string)JsonNode.Parse(await given.Content.ReadAsStringAsync(Token))!["key"]!["id"]!;
        var housekeeping = host.Host.Services.GetServices<IHostedService>().OfType<KeyHousekeeping>().Single();

        var told = await host.TrackAsync(() => housekeeping.TellAsync(Token));
        var toldAgain = await host.TrackAsync(() => housekeeping.TellAsync(Token));

        var message = Assert.Single(told.Sent.MessagesOf<AccessKeyExpiring>().Distinct(), message => message.KeyId.ToString() == id);
        Assert.Equal((client, 6), (message.ClientId, message.DaysLeft));
        Assert.Empty(toldAgain.Sent.MessagesOf<AccessKeyExpiring>());
        var key = JsonNode.Parse(await host.Administrator.GetStringAsync($"/v1/access/keys/{id}", Token))!;
        Assert.Equal([7], key["notices"]!.AsArray().Select(notice => (int)notice!["daysBefore"]!));
        var noted = JsonNode.Parse(await host.Administrator.GetStringAsync($"/v1/access/audit?subject={id}&operation=KeyHousekeeping", Token))!["items"]!.AsArray();
        Assert.Null(Assert.Single(noted)!["clientId"]);
        Assert.Contains(id, await host.Administrator.GetStringAsync("/v1/access/keys?expiringWithin=7", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_use_that_could_not_be_saved_is_saved_later_and_a_later_one_is_not_overwritten()
    {
        await using var own = await OwnHost.StartAsync(host);
        var directory = own.Services.GetRequiredService<KeyDirectory>();
        var housekeeping = own.Services.GetServices<IHostedService>().OfType<KeyHousekeeping>().Single();
        var (key, at) = (Guid.CreateVersion7(), new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        var store = own.Services.GetRequiredService<IAccessStore>();
        await using var database = NpgsqlDataSource.Create(own.Connection);
        await ExecuteAsync(database, "alter table access.mt_doc_keyuse rename to hidden");
        directory.NoteUse(key, at);
        await Assert.ThrowsAnyAsync<Exception>(() => housekeeping.WriteUsesAsync(Token));
        await ExecuteAsync(database, "alter table access.hidden rename to mt_doc_keyuse");

        await housekeeping.WriteUsesAsync(Token);
        Assert.Equal(at, (await store.LastUseAsync(key, Token))?.LastUsedAt);

        foreach (var (noted, kept) in new[] { (at.AddMinutes(-1), at), (at.AddMinutes(1), at.AddMinutes(1)) })
        {
            directory.NoteUse(key, noted);
            await housekeeping.WriteUsesAsync(Token);
            Assert.Equal(kept, (await store.LastUseAsync(key, Token))?.LastUsedAt);
        }
    }

    [Fact]
    public async Task The_last_use_is_told_wherever_a_key_is_shown()
    {
        var (_, secret) = await host.AddClientAsync(new { name = "Assureur", kind = "partner", scopes = new[] { "recruitment:read" } });
        using var http = host.With(secret);
        var id = (string)JsonNode.Parse(await http.GetStringAsync("/v1/access/me", Token))!["key"]!["id"]!;
        await host.Host.Services.GetServices<IHostedService>().OfType<KeyHousekeeping>().Single().WriteUsesAsync(Token);

        Assert.NotNull(JsonNode.Parse(await http.GetStringAsync("/v1/access/me", Token))!["key"]!["lastUsedAt"]);
        using var revoked = await host.Administrator.PostAsync($"/v1/access/keys/{id}/revocation", null, Token);
        Assert.NotNull(JsonNode.Parse(await revoked.Content.ReadAsStringAsync(Token))!["lastUsedAt"]);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task The_holder_of_a_key_that_ends_soon_gets_a_mail_in_both_languages_unless_it_was_disabled()
    {
        await using var server = new MailServer();
        var mailer = new Mailer(new("127.0.0.1", server.Port, "reseau@example.org", null, null, StartTls: false));
        var (disabled, _) = await host.AddClientAsync(new { name = "Ancien", kind = "partner", email = "ancien@example.org", scopes = new[] { "recruitment:read" } });
        (await host.Administrator.PostAsync($"/v1/access/clients/{disabled}/disablement", null, Token)).EnsureSuccessStatusCode();
        var (client, _) = await host.AddClientAsync(new { name = "Assureur", kind = "partner", email = "cles@assureur.example", scopes = new[] { "recruitment:read" } });

        await TellAsync(disabled);
        await TellAsync(client);

        var mail = await server.NextAsync(Token);
        Assert.Equal("RCPT TO:<cles@assureur.example>", mail.To);
        Assert.Contains("La clé mck_abcdef… de « Assureur » pour l'API de Mille Cafés prend fin le 2023-04-10 09:00 UTC, dans 7 jours.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("The key mck_abcdef… of “Assureur” to the API of Mille Cafés ends on 2023-04-10 09:00 UTC, in 7 days.", mail.Text, StringComparison.Ordinal);

        async Task TellAsync(Guid holder)
        {
            await using var session = host.Host.Services.GetRequiredService<IAccessStore>().LightweightSession();
            await MailHolderOnAccessKeyExpiringHandler.Handle(
                new(Guid.CreateVersion7(), holder, "mck_abcdef", new(2023, 4, 10, 9, 0, 0, TimeSpan.Zero), 7, new(2023, 4, 3, 9, 0, 0, TimeSpan.Zero)), session, mailer, Token);
        }
    }
}
