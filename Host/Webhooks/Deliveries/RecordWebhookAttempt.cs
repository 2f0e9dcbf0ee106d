using Marten;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>A request was made; what came of it is on its way to the delivery.</summary>
/// <param name="Delay">How long to wait before the next one; null when this was the last.</param>
public sealed record WebhookAttempted(Guid DeliveryId, DeliveryAttempt Attempt, TimeSpan? Delay) : IActOfNobody;

/// <summary>Lists an attempt and sets the date of the next one; a clash repeats this, and not the request.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class RecordWebhookAttemptHandler
{
    public static async Task<IEnumerable<object>> Handle(
        WebhookAttempted message, IDocumentSession session, IMessageContext bus, WebhookSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var attempt = message.Attempt;
        if (await session.LoadAsync<WebhookDelivery>(message.DeliveryId, cancellationToken) is not { } delivery || delivery.Lists(attempt))
        {
            return [];
        }

        var now = time.GetUtcNow();
        await session.RecordAsync(delivery, message, bus, now);
        return await session.LoadAsync<WebhookSubscription>(delivery.SubscriptionId, cancellationToken) is { } subscription
            ? await JudgeAsync(subscription, subscription.NewsOf(attempt, delivery.Cause), session, bus, now, settings.DisableAfter)
            : [];
    }

    internal static async Task RecordAsync(this IDocumentSession session, WebhookDelivery delivery, WebhookAttempted message, IMessageContext bus, DateTimeOffset now)
    {
        var after = delivery.After(message.Attempt, message.Delay, now);
        session.UpdateNext(after);
        if (after is { Status: WebhookDeliveryStatus.Pending, NextAttemptAt: { } next })
        {
            await bus.ScheduleAsync(after.NextAttempt(), next);
        }
    }

    private static async Task<IEnumerable<object>> JudgeAsync(
        WebhookSubscription subscription, AttemptNews news, IDocumentSession session, IMessageContext bus, DateTimeOffset now, TimeSpan patience)
    {
        switch (news)
        {
            case AttemptNews.Recovered:
                session.Change(subscription, subscription with { FailingSince = null });
                return [];
            case AttemptNews.Gone:
                return subscription.DisableIn(session, DisabledReason.Gone, now);
            case AttemptNews.Failing:
                session.Change(subscription, subscription with { FailingSince = now });
                await bus.ScheduleAsync(new DisableUnlessRecovered(subscription.Id, now), now + patience);
                return [];
            default:
                return [];
        }
    }
}
