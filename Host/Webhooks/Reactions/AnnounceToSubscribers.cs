using Marten;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Recruitment.Contracts;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Reactions;

/// <summary>What the modules say becomes one event, and one delivery per subscription that wants it.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class AnnounceToSubscribersHandler
{
    public static Task<IEnumerable<object>> Handle(
        CommuneCandidatureAccepted message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CafeProjectOpened message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        AccessKeyExpiring message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, message.ClientId.ToString(), session, time, cancellationToken);

    private static async Task<IEnumerable<object>> AnnounceAsync<T>(
        T message, string? owner, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
        where T : notnull
    {
        var type = EventCatalogue.For<T>();
        if (await session.CheckExistsAsync<WebhookEvent>(WebhookEvent.IdFor(type, message), cancellationToken))
        {
            return [];
        }

        var announced = WebhookEvent.Of(type, message);
        var subscriptions = await session.Query<WebhookSubscription>()
            .Where(subscription => subscription.Status == WebhookSubscriptionStatus.Enabled).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var deliveries = subscriptions.Where(subscription => subscription.Wants(announced.Type) && (owner is null || subscription.Owner == owner))
            .Select(subscription => WebhookDelivery.Of(announced, subscription, now)).ToArray();
        session.Insert(announced);
        session.Insert(deliveries);
        return [.. deliveries.Select(delivery => delivery.NextAttempt())];
    }
}
