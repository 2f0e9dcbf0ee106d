using System.Net;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>Nobody fills the queues by asking again and again.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class ReplayLimitTests(MilleCafesHost host)
{
    private const string Nowhere = "https://partenaire.example/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_is_refused_while_one_is_under_way_and_given_afterwards()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync(Nowhere, Samples.Accepted);
        await using (var session = Store.LightweightSession())
        {
            session.Insert(WebhookReplay.Of((await session.LoadAsync<WebhookSubscription>(id, Token))!, Samples.Now, TimeProvider.System.GetUtcNow()));
            await session.SaveChangesAsync(Token);
        }

        var refused = await partner.ActAsync(id, "replay", new { since = TimeProvider.System.GetUtcNow().UtcDateTime }, HttpStatusCode.Conflict);
        await MoveAsync(id, TimeSpan.FromMinutes(61));
        await host.TrackAsync(() => ReplayAsync(partner, id));
        await host.TrackAsync(() => ReplayAsync(partner, id));

        Assert.Equal("webhooks.replay_under_way", refused.GetProperty("code").GetString());
        Assert.Equal([WebhookReplayStatus.Stopped, WebhookReplayStatus.Finished, WebhookReplayStatus.Finished], (await FindAsync(id)).Select(replay => replay.Status));
    }

    [Fact]
    public async Task A_replay_since_an_instant_that_is_no_longer_kept_is_refused_and_so_is_one_of_the_future()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync(Nowhere, Samples.Accepted);
        var now = TimeProvider.System.GetUtcNow();

        var old = await partner.ActAsync(id, "replay", new { since = now.AddDays(-30).AddSeconds(-1).UtcDateTime }, HttpStatusCode.Gone);
        var coming = await partner.ActAsync(id, "replay", new { since = now.AddMinutes(5).UtcDateTime }, HttpStatusCode.BadRequest);
        await host.TrackAsync(async () => Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(partner, id, now.AddDays(-30).AddMinutes(10))).StatusCode));

        Assert.Equal("webhooks.cursor_too_old", old.GetProperty("code").GetString());
        var error = Assert.Single(coming.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/since", "in_the_future"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Of_replays_that_are_asked_for_at_once_one_is_given()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync(Nowhere, Samples.Accepted);
        var since = TimeProvider.System.GetUtcNow();
        await InsertEventsAsync(250);

        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await PostAsync(partner, id, since)).StatusCode));

        Assert.Equal(1, codes.Count(code => code == HttpStatusCode.Accepted));
        Assert.Equal(7, codes.Count(code => code == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Who_has_a_thousand_waiting_that_were_asked_for_can_ask_for_none_more_and_still_test()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync(Nowhere, Samples.Accepted);
        var one = await InsertAsync(id, DeliveryCause.Replay, WaitingDeliveries.MostAskedFor);

        var replay = await partner.ActAsync(id, "replay", new { since = TimeProvider.System.GetUtcNow().UtcDateTime }, HttpStatusCode.Conflict);
        var resending = await Partner.ReadAsync(await partner.Client.PostAsync($"/v1/webhooks/deliveries/{one}/resending", null, Token), HttpStatusCode.Conflict);
        await partner.ActAsync(id, "test", null, HttpStatusCode.Created);

        Assert.All([replay, resending], refusal => Assert.Equal("webhooks.too_many_waiting", refusal.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Who_has_a_hundred_tests_waiting_can_test_no_more()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync(Nowhere, Samples.Accepted);
        await InsertAsync(id, DeliveryCause.Test, WaitingDeliveries.MostTests);

        var refused = await partner.ActAsync(id, "test", null, HttpStatusCode.Conflict);

        Assert.Equal("webhooks.too_many_waiting", refused.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_replay_waits_while_a_thousand_of_its_deliveries_do()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync(Nowhere, Samples.Accepted);
        await InsertAsync(id, DeliveryCause.Replay, WaitingDeliveries.MostAskedFor);
        await InsertEventsAsync(1);
        await using var session = Store.LightweightSession();
        var replay = WebhookReplay.Of((await session.LoadAsync<WebhookSubscription>(id, Token))!, Samples.Now, TimeProvider.System.GetUtcNow());
        session.Insert(replay);
        await session.SaveChangesAsync(Token);
        var now = TimeProvider.System.GetUtcNow();

        await host.AnnounceAsync(new ContinueWebhookReplay(id, replay.Id, now.AddMinutes(-1), now, Guid.Empty));

        Assert.Equal(WaitingDeliveries.MostAskedFor, await session.Query<WebhookDelivery>().CountAsync(delivery => delivery.SubscriptionId == id, Token));
        Assert.Equal(WebhookReplayStatus.UnderWay, Assert.Single(await FindAsync(id)).Status);
    }

    private IWebhooksStore Store => host.Host.Services.GetRequiredService<IWebhooksStore>();

    private static Task<HttpResponseMessage> PostAsync(Partner partner, Guid subscription, DateTimeOffset since) =>
        partner.Client.PostAsync($"/v1/webhooks/subscriptions/{subscription}/replay", new StringContent(JsonSerializer.Serialize(new { since = since.UtcDateTime }), null, "application/json"), Token);

    private static async Task ReplayAsync(Partner partner, Guid subscription) => Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(partner, subscription, TimeProvider.System.GetUtcNow())).StatusCode);

    private async Task<IReadOnlyList<WebhookReplay>> FindAsync(Guid subscription)
    {
        await using var session = Store.QuerySession();
        return await session.Query<WebhookReplay>().Where(replay => replay.SubscriptionId == subscription).OrderBy(replay => replay.Id).ToListAsync(Token);
    }

    private async Task MoveAsync(Guid subscription, TimeSpan back)
    {
        await using var session = Store.LightweightSession();
        var replay = await session.Query<WebhookReplay>().SingleAsync(one => one.SubscriptionId == subscription, Token);
        session.UpdateNext(replay with { LastPartAt = replay.LastPartAt - back });
        await session.SaveChangesAsync(Token);
    }

    private async Task InsertEventsAsync(int count)
    {
        await using var session = Store.LightweightSession();
        session.Insert(Enumerable.Range(0, count).Select(_ => Samples.Event() with { Id = Guid.CreateVersion7(), Type = Samples.Accepted, RecordedAt = TimeProvider.System.GetUtcNow() }));
        await session.SaveChangesAsync(Token);
    }

    /// <summary>So many that wait for the end of a pause.</summary>
    private async Task<Guid> InsertAsync(Guid subscription, DeliveryCause cause, int count)
    {
        await using var session = Store.LightweightSession();
        var known = (await session.LoadAsync<WebhookSubscription>(subscription, Token))!;
        var news = Samples.Event() with { Id = Guid.CreateVersion7() };
        var deliveries = Enumerable.Range(0, count)
            .Select(_ => WebhookDelivery.Of(news, known, cause, TimeProvider.System.GetUtcNow(), Guid.CreateVersion7()) with { NextAttemptAt = null }).ToList();
        session.Insert(news);
        session.Insert<WebhookDelivery>(deliveries);
        await session.SaveChangesAsync(Token);
        return deliveries[0].Id;
    }
}
