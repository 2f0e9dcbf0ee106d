using Marten;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Reactions;

/// <summary>What still waits for an attempt when its subscription ends will never be sent, and says so.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class CancelDeliveriesOnSubscriptionEndedHandler
{
    private const int AtOnce = 200;

    /// <summary>Cancels some; comes back for the others.</summary>
    public static async Task<WebhookSubscriptionEnded?> Handle(WebhookSubscriptionEnded message, IDocumentSession session, CancellationToken cancellationToken)
    {
        var (id, since) = (message.SubscriptionId, message.Since);
        var pending = await session.Query<WebhookDelivery>()
            .Where(delivery => delivery.SubscriptionId == id && delivery.Status == WebhookDeliveryStatus.Pending && delivery.CreatedAt <= since)
            .OrderBy(delivery => delivery.Id).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var delivery in pending)
        {
            session.UpdateNext(delivery.Cancel());
        }

        return pending.Count < AtOnce ? null : message;
    }
}
