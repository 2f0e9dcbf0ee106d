using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Subscriptions;

/// <summary>Whom a subscription tells of its end is a person, and shown as persons are everywhere.</summary>
public sealed class ContactEmailTests(MilleCafesHost host)
{
    private const string Address = "webhooks@partenaire.example";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_owner_does_not_read_it_without_the_right_to_read_of_persons()
    {
        await using var partner = await Partner.OfAsync(host);
        var created = await SubscribeAsync(partner);
        var id = created.GetProperty("id").GetGuid();

        JsonElement[] shown =
        [
            created, await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}"), .. await partner.ListAsync("/v1/webhooks/subscriptions"),
            await partner.ChangeAsync(id, new { description = "Annonces" }), await partner.ActAsync(id, "secret-rotation"),
        ];

        Assert.All(shown, one => Assert.DoesNotContain(Address, one.GetRawText(), StringComparison.Ordinal));
        Assert.All(shown, one => Assert.False(one.TryGetProperty("contactEmail", out _)));
        Assert.Empty(await ReadingsAsync(id));
        Assert.Equal(Address, (await StoredAsync(id)).ContactEmail);
    }

    [Fact]
    public async Task Who_reads_it_with_that_right_leaves_an_entry_for_the_subscription()
    {
        await using var partner = await Partner.OfAsync(host, Scopes.WebhooksManage, Holder.PersonalDataRead);
        var created = await SubscribeAsync(partner);
        var id = created.GetProperty("id").GetGuid();
        var read = await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}");
        var listed = Assert.Single(await partner.ListAsync("/v1/webhooks/subscriptions"));

        Assert.All([created, read, listed], one => Assert.Equal(Address, one.GetProperty("contactEmail").GetString()));
        Assert.Equal(
            [("CreateWebhookSubscription", "WebhookSubscription"), ("FindWebhookSubscription", "WebhookSubscription"), ("ListWebhookSubscriptions", "WebhookSubscription")],
            await ReadingsAsync(id));
    }

    private async Task<WebhookSubscription> StoredAsync(Guid subscription)
    {
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().QuerySession();
        return (await session.LoadAsync<WebhookSubscription>(subscription, Token))!;
    }

    private static Task<JsonElement> SubscribeAsync(Partner partner) =>
        partner.SubscribeAsync(new { url = "http://127.0.0.1:9/", eventTypes = new[] { "accompaniment.*" }, contactEmail = Address });

    /// <summary>The readings of the subscription's person, by operation and by what was read.</summary>
    private async Task<IEnumerable<(string?, string?)>> ReadingsAsync(Guid subscription) =>
        (await Partner.ListAsync(host.Administrator, $"/v1/access/audit?subject={subscription}&limit=200"))
        .Where(entry => entry.GetProperty("act").GetString() == "personalDataRead")
        .Select(entry => (entry.GetProperty("operation").GetString(), entry.GetProperty("subjectType").GetString()));
}
