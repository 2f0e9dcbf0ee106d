using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>What was sent can be looked at, sent again and is not kept for ever.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class DeliveryLogTests(MilleCafesHost host)
{
    private static readonly string[] Opened = [Samples.Opened];
    private static readonly string[] SouthCorsica = ["2A"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_had_failed_for_good_is_sent_again_under_the_same_id_when_asked_for()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(500, 500, 500, 200);
        var (id, secret) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await host.AnnounceAsync(Accepted());
        var failed = Assert.Single(await partner.DeliveriesAsync(id, 1, "failed"));
        var first = await receiver.NextAsync(Token);

        var response = await partner.Client.PostAsync($"/v1/webhooks/deliveries/{failed.GetProperty("id").GetGuid()}/resending", null, Token);

        var again = await Partner.ReadAsync(response, HttpStatusCode.Created);
        await Eventually.True(async () => (await partner.DeliveriesAsync(id, "delivered")).Length == 1, TimeSpan.FromSeconds(10));
        var delivered = await partner.ReadAsync(response.Headers.Location!.ToString());
        Assert.Equal(again.GetProperty("id").GetGuid(), delivered.GetProperty("id").GetGuid());
        Assert.Equal(("resending", failed.GetProperty("webhookId").GetString()), (delivered.GetProperty("cause").GetString(), delivered.GetProperty("webhookId").GetString()));
        ReceivedWebhook? last = null;
        for (var count = 0; count < 3; count++)
        {
            last = await receiver.NextAsync(Token);
        }

        Assert.Equal((first.Id, first.Body, true), (last!.Id, last.Body, last.IsSignedWith(secret)));
        Assert.Equal("failed", (await partner.ReadAsync($"/v1/webhooks/deliveries/{failed.GetProperty("id").GetGuid()}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_replay_sends_every_event_since_then_that_the_subscription_wants_and_no_other()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var since = TimeProvider.System.GetUtcNow().AddDays(-10);
        await InsertAsync(450, since.AddSeconds(-5));
        var created = await partner.SubscribeAsync(new { url = receiver.Address, eventTypes = Opened, filters = new { departements = SouthCorsica } });
        var id = created.GetProperty("id").GetGuid();

        await ReplayAsync(partner, id, since);
        await Eventually.True(async () => (await partner.ListAsync($"/v1/webhooks/deliveries?subscriptionId={id}&status=delivered&limit=200")).Length == 200 && receiver.Count == 445, TimeSpan.FromSeconds(60));
        await ReplayAsync(partner, id, since.AddSeconds(443));

        var ids = new HashSet<string>();
        for (var count = 0; count < 445; count++)
        {
            ids.Add((await receiver.NextAsync(Token)).Id);
        }

        Assert.Equal(445, ids.Count);
        Assert.Contains((await receiver.NextAsync(Token)).Id, ids);
        Assert.Contains((await receiver.NextAsync(Token)).Id, ids);
    }

    [Fact]
    public async Task What_happened_while_it_was_disabled_can_be_asked_for()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(410, 200);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await host.AnnounceAsync(Accepted());
        await partner.DeliveriesAsync(id, 1, "failed");
        var missed = Accepted();
        await host.AnnounceAsync(missed);
        var disabled = await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}");
        var refused = await partner.ActAsync(id, "replay", new { since = disabled.GetProperty("statusSince").GetString() }, HttpStatusCode.Conflict);
        await receiver.NextAsync(Token);

        await partner.ActAsync(id, "activation");
        await ReplayAsync(partner, id, disabled.GetProperty("statusSince").GetDateTimeOffset());

        Assert.Equal("webhooks.subscription_disabled", refused.GetProperty("code").GetString());
        Assert.Equal(missed.CandidatureId, (await receiver.NextAsync(Token)).Data.GetProperty("candidatureId").GetGuid());
        Assert.Equal(2, receiver.Count);
    }

    [Fact]
    public async Task Thirty_days_of_deliveries_are_kept_and_no_more()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync("https://partenaire.example/", Samples.Accepted);
        var store = host.Host.Services.GetRequiredService<IWebhooksStore>();
        await using var session = store.LightweightSession();
        var subscription = (await session.LoadAsync<Host.Webhooks.Subscriptions.WebhookSubscription>(id, Token))!;
        var now = TimeProvider.System.GetUtcNow();
        var (old, kept) = (Delivered(now.AddDays(-30).AddMinutes(-1)), Delivered(now.AddDays(-30).AddMinutes(10)));
        session.Insert(old, kept);
        await session.SaveChangesAsync(Token);

        await host.Host.Services.GetRequiredService<WebhookPurge>().PurgeAsync(Token);

        var left = Assert.Single(await partner.DeliveriesAsync(id));
        Assert.Equal(kept.Id, left.GetProperty("id").GetGuid());
        var gone = await Partner.ReadAsync(await partner.Client.PostAsync($"/v1/webhooks/deliveries/{kept.Id}/resending", null, Token), HttpStatusCode.Conflict);
        Assert.Equal("webhooks.event_gone", gone.GetProperty("code").GetString());

        WebhookDelivery Delivered(DateTimeOffset at) => WebhookDelivery.Of(Samples.Event(), subscription, DeliveryCause.Event, at) with { Status = WebhookDeliveryStatus.Delivered };
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"since":null}""")]
    public async Task A_replay_needs_an_instant(string body)
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync("https://partenaire.example/", "*");

        var problem = await partner.ActAsync(id, "replay", JsonElement.Parse(body), HttpStatusCode.BadRequest);

        Assert.Equal("/since", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Nobody_sends_another_s_events_again()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var other = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (id, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await host.AnnounceAsync(Accepted());
        var delivery = Assert.Single(await partner.DeliveriesAsync(id, 1, "delivered")).GetProperty("id").GetGuid();

        await Partner.ReadAsync(await other.Client.PostAsync($"/v1/webhooks/deliveries/{delivery}/resending", null, Token), HttpStatusCode.NotFound);
        await other.ActAsync(id, "replay", new { since = Samples.Now }, HttpStatusCode.NotFound);

        Assert.Equal(1, receiver.Count);
    }

    private static CommuneCandidatureAccepted Accepted() => new(Guid.CreateVersion7(), "12268", "Sénergues", "12", TimeProvider.System.GetUtcNow());

    /// <returns>Where the replay can be followed.</returns>
    private static async Task<string> ReplayAsync(Partner partner, Guid subscription, DateTimeOffset since)
    {
        using var response = await partner.Client.PostAsJsonAsync($"/v1/webhooks/subscriptions/{subscription}/replay", new { since = since.UtcDateTime }, Token);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    /// <summary>So many events, one recorded each second.</summary>
    private async Task InsertAsync(int count, DateTimeOffset from)
    {
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        session.Insert(Enumerable.Range(0, count).Select(number => Samples.Event() with { Id = Guid.CreateVersion7(), RecordedAt = from.AddSeconds(number), Place = new("2A", "2A004", null, null) }));
        await session.SaveChangesAsync(Token);
    }
}
