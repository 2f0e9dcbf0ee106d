using Marten;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>The patience with a subscription that began to fail then is over.</summary>
public sealed record DisableUnlessRecovered(Guid SubscriptionId, DateTimeOffset FailingSince) : IActOfNobody;

/// <summary>Disables a subscription that has taken nothing since.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class DisableUnlessRecoveredHandler
{
    public static async Task<IEnumerable<object>> Handle(DisableUnlessRecovered message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, since) = (message.SubscriptionId, message.FailingSince);
        if (await session.LoadAsync<WebhookSubscription>(id, cancellationToken) is not { MayBeDisabled: true } subscription || subscription.FailingSince != since)
        {
            return [];
        }

        // A success that was recorded in the very moment of the first failure may not have seen it
        if (await session.Query<WebhookDelivery>()
            .AnyAsync(delivery => delivery.SubscriptionId == id && delivery.Status == WebhookDeliveryStatus.Delivered && delivery.UpdatedAt >= since, cancellationToken))
        {
            session.Change(subscription, subscription with { FailingSince = null });
            return [];
        }

        return subscription.DisableIn(session, DisabledReason.Failing, time.GetUtcNow());
    }

    /// <summary>Disables it, and gives what is to be said of it.</summary>
    internal static IEnumerable<object> DisableIn(this WebhookSubscription subscription, IDocumentSession session, DisabledReason reason, DateTimeOffset now)
    {
        session.Change(subscription, subscription.Disable(reason, now));
        return [new WebhookSubscriptionEnded(subscription.Id, now), new WebhookSubscriptionDisabled(subscription.Id, reason == DisabledReason.Gone ? "gone" : "failing", now)];
    }
}
