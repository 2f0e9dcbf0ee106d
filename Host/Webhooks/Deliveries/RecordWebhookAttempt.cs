using Marten;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>A request was made; what came of it is on its way to the delivery.</summary>
/// <param name="Delay">How long to wait before the next one; null when this was the last.</param>
public sealed record WebhookAttempted(Guid DeliveryId, DeliveryAttempt Attempt, TimeSpan? Delay);

/// <summary>Lists an attempt and sets the date of the next one; a clash repeats this, and not the request.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class RecordWebhookAttemptHandler
{
    public static async Task<WebhookSubscriptionEnded?> Handle(
        WebhookAttempted message, IDocumentSession session, IMessageContext bus, TimeProvider time, CancellationToken cancellationToken)
    {
        var attempt = message.Attempt;
        if (await session.LoadAsync<WebhookDelivery>(message.DeliveryId, cancellationToken) is not { } delivery || delivery.Lists(attempt))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var after = delivery.After(attempt, message.Delay, now);
        session.UpdateNext(after);
        if (after.NextAttemptAt is { } next)
        {
            await bus.ScheduleAsync(after.NextAttempt(), next);
        }

        if (!attempt.IsGone
            || await session.LoadAsync<WebhookSubscription>(delivery.SubscriptionId, cancellationToken) is not { Status: WebhookSubscriptionStatus.Enabled } subscription)
        {
            return null;
        }

        session.UpdateNext(subscription.Disable(now));
        return new WebhookSubscriptionEnded(subscription.Id);
    }
}
