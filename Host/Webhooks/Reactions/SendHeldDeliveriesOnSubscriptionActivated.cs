using Marten;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Reactions;

/// <summary>What waited while its subscription was paused is sent.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class SendHeldDeliveriesOnSubscriptionActivatedHandler
{
    private const int AtOnce = 200;

    // Longer than a handler may take: one that read the subscription before it was activated has committed by then
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(2);

    /// <summary>Sends some; comes back for the others.</summary>
    public static async Task<IEnumerable<object>> Handle(
        WebhookSubscriptionActivated message, IDocumentSession session, IMessageContext bus, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, now) = (message.SubscriptionId, time.GetUtcNow());
        var held = await session.Query<WebhookDelivery>()
            .Where(delivery => delivery.SubscriptionId == id && delivery.Status == WebhookDeliveryStatus.Pending && delivery.NextAttemptAt == null)
            .OrderBy(delivery => delivery.Id).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var delivery in held)
        {
            session.UpdateNext(delivery with { NextAttemptAt = now });
        }

        if (held.Count < AtOnce && !message.IsLast)
        {
            await bus.ScheduleAsync(message with { IsLast = true }, LongestCommit);
        }

        return [.. held.Select(delivery => delivery.NextAttempt()), .. held.Count < AtOnce ? Array.Empty<object>() : [message]];
    }
}
