using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Testing;
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

        var message = Assert.Single(told.Sent.MessagesOf<AccessKeyExpiring>(), message => message.KeyId.ToString() == id);
        Assert.Equal((client, 6), (message.ClientId, message.DaysLeft));
        Assert.Empty(toldAgain.Sent.MessagesOf<AccessKeyExpiring>());
        var key = JsonNode.Parse(await host.Administrator.GetStringAsync($"/v1/access/keys/{id}", Token))!;
        Assert.Equal([7], key["notices"]!.AsArray().Select(notice => (int)notice!["daysBefore"]!));
        var noted = JsonNode.Parse(await host.Administrator.GetStringAsync($"/v1/access/audit?subject={id}&operation=KeyHousekeeping", Token))!["items"]!.AsArray();
        Assert.Null(Assert.Single(noted)!["clientId"]);
        Assert.Contains(id, await host.Administrator.GetStringAsync("/v1/access/keys?expiringWithin=7", Token), StringComparison.Ordinal);
    }
}
