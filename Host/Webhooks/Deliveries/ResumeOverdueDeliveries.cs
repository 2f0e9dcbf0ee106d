using Marten;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>Whatever should have been sent before this instant, and was not, is to be sent now.</summary>
public sealed record ResumeOverdueDeliveries(DateTimeOffset Before);

/// <summary>Sends the next attempt again of deliveries whose message was lost, in a dead letter or otherwise, so that none waits for ever.</summary>
/// <remarks>One whose message is only late gets a second: the attempt that is listed first is the only one, or the endpoint gets the event twice.</remarks>
[MartenStore(typeof(IWebhooksStore))]
public static class ResumeOverdueDeliveriesHandler
{
    private const int AtOnce = 200;

    /// <summary>Resumes some; comes back for the others.</summary>
    public static async Task<IEnumerable<object>> Handle(ResumeOverdueDeliveries message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        var (before, now) = (message.Before, time.GetUtcNow());
        var overdue = await session.Query<WebhookDelivery>()
            .Where(delivery => delivery.Status == WebhookDeliveryStatus.Pending && delivery.NextAttemptAt < before)
            .OrderBy(delivery => delivery.NextAttemptAt).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var delivery in overdue)
        {
            session.UpdateNext(delivery with { NextAttemptAt = now });
        }

        return [.. overdue.Select(delivery => delivery.NextAttempt()), .. overdue.Count < AtOnce ? await HeldForNothingAsync(session, cancellationToken) : [message]];
    }

    // What a pause holds back, after the pause: subscription by subscription, because a long pause holds back much
    private static async Task<IReadOnlyList<object>> HeldForNothingAsync(IQuerySession session, CancellationToken cancellationToken)
    {
        var (messages, last) = (new List<object>(), Guid.Empty);
        while (await session.Query<WebhookDelivery>()
            .Where(delivery => delivery.SubscriptionId > last && delivery.Status == WebhookDeliveryStatus.Pending && delivery.NextAttemptAt == null)
            .OrderBy(delivery => delivery.SubscriptionId).FirstOrDefaultAsync(cancellationToken) is { } held)
        {
            last = held.SubscriptionId;
            if (await session.LoadAsync<WebhookSubscription>(last, cancellationToken) is not { Status: WebhookSubscriptionStatus.Paused })
            {
                messages.Add(new WebhookSubscriptionActivated(last, IsLast: true));
            }
        }

        return messages;
    }
}
