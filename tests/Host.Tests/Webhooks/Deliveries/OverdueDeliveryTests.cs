using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Deliveries;

/// <summary>A delivery whose message was lost, whatever happened, is not pending for ever.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class OverdueDeliveryTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_long_overdue_is_sent_and_what_is_only_late_or_paused_waits()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (enabled, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        var (paused, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        await partner.ActAsync(paused, "pause");
        var now = TimeProvider.System.GetUtcNow();
        var overdue = await InsertAsync(enabled, now.AddMinutes(-31));
        var late = await InsertAsync(enabled, now.AddMinutes(-20));
        var held = await InsertAsync(paused, null);

        await host.TrackAsync(() => host.Host.Services.GetRequiredService<WebhookPurge>().ResumeAsync(Token));

        Assert.Equal([WebhookDeliveryStatus.Delivered, WebhookDeliveryStatus.Pending, WebhookDeliveryStatus.Pending], [await StatusAsync(overdue), await StatusAsync(late), await StatusAsync(held)]);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task What_a_pause_held_back_is_sent_when_its_end_was_not_heard_of()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (enabled, _) = await partner.SubscribeAsync(receiver.Address, Samples.Accepted);
        var held = await InsertAsync(enabled, null);

        await host.TrackAsync(() => host.Host.Services.GetRequiredService<WebhookPurge>().ResumeAsync(Token));

        Assert.Equal(WebhookDeliveryStatus.Delivered, await StatusAsync(held));
    }

    [Fact]
    public async Task What_came_before_the_end_of_its_subscription_is_cancelled_and_what_came_after_a_reactivation_is_not()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, _) = await partner.SubscribeAsync("https://partenaire.example/", Samples.Accepted);
        var (ended, later) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddHours(1));
        var before = await InsertAsync(id, later, ended.AddMinutes(-1));
        var after = await InsertAsync(id, later, ended.AddMinutes(1));

        await host.AnnounceAsync(new WebhookSubscriptionEnded(id, ended));

        Assert.Equal([WebhookDeliveryStatus.Cancelled, WebhookDeliveryStatus.Pending], [await StatusAsync(before), await StatusAsync(after)]);
    }

    private async Task<Guid> InsertAsync(Guid subscription, DateTimeOffset? next, DateTimeOffset? created = null)
    {
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().LightweightSession();
        var news = Samples.Event() with { Id = Guid.CreateVersion7() };
        var delivery = WebhookDelivery.Of(news, (await session.LoadAsync<WebhookSubscription>(subscription, Token))!, DeliveryCause.Event, created ?? TimeProvider.System.GetUtcNow())
            with { NextAttemptAt = next };
        session.Insert(news);
        session.Insert(delivery);
        await session.SaveChangesAsync(Token);
        return delivery.Id;
    }

    private async Task<WebhookDeliveryStatus?> StatusAsync(Guid delivery)
    {
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().QuerySession();
        return (await session.LoadAsync<WebhookDelivery>(delivery, Token))?.Status;
    }
}
