using Marten;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>Time for an attempt; one that was made already is not made again.</summary>
public sealed record DeliverWebhook(Guid DeliveryId, int Attempt);

/// <summary>Makes one attempt; its record and the date of the next one are committed together.</summary>
/// <remarks>A process that dies between the request and the commit makes the attempt again: at least once, with the same <c>webhook-id</c>.</remarks>
[MartenStore(typeof(IWebhooksStore))]
public static class DeliverWebhookHandler
{
    public static async Task<WebhookSubscriptionEnded?> Handle(
        DeliverWebhook message, IDocumentSession session, IMessageContext bus, WebhookSender sender, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookDelivery>(message.DeliveryId, cancellationToken) is not { } delivery || !delivery.Awaits(message))
        {
            return null;
        }

        if (await session.LoadAsync<WebhookSubscription>(delivery.SubscriptionId, cancellationToken) is not { Status: WebhookSubscriptionStatus.Enabled } subscription)
        {
            session.UpdateNext(delivery.Cancel());
            return null;
        }

        var news = await session.LoadAsync<WebhookEvent>(delivery.EventId, cancellationToken)
            ?? throw new InvalidOperationException($"The event {delivery.EventId} of a pending delivery is gone.");
        var (attempt, delay) = await sender.SendAsync(subscription, news, message.Attempt, cancellationToken);
        var now = time.GetUtcNow();
        var after = delivery.After(attempt, delay, now);
        session.UpdateNext(after);
        if (after.NextAttemptAt is { } next)
        {
            await bus.ScheduleAsync(after.NextAttempt(), next);
        }

        if (!attempt.IsGone)
        {
            return null;
        }

        session.UpdateNext(subscription.Disable(now));
        return new WebhookSubscriptionEnded(subscription.Id);
    }
}
