using Marten;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Reactions;

/// <summary>What the modules say becomes one event, and one delivery per subscription that wants it.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static partial class AnnounceToSubscribersHandler
{
    public static Task<IEnumerable<object>> Handle(
        CafeProjectOpened message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static async Task<IEnumerable<object>> Handle(
        WebhookSubscriptionDisabled message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        await session.LoadAsync<WebhookSubscription>(message.SubscriptionId, cancellationToken) is { } subscription
            ? await AnnounceAsync(message, subscription.Owner, session, audience, time, cancellationToken)
            : [];

    public static Task<IEnumerable<object>> Handle(
        AccessKeyExpiring message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, message.ClientId.ToString(), session, audience, time, cancellationToken);

    private static async Task<IEnumerable<object>> AnnounceAsync<T>(
        T message, string? owner, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken)
        where T : notnull
    {
        var type = EventCatalogue.For<T>();
        if (await session.CheckExistsAsync<WebhookEvent>(WebhookEvent.IdFor(type, message), cancellationToken))
        {
            return [];
        }

        var now = time.GetUtcNow();
        var announced = WebhookEvent.Of(type, message, now) with { Owner = owner };
        var subscriptions = await Candidates(session.Query<WebhookSubscription>(), announced).ToListAsync(cancellationToken);
        var deliveries = (await audience.OfAsync(announced, subscriptions.Where(subscription => subscription.Wants(announced)), cancellationToken))
            .Select(subscription => WebhookDelivery.Of(announced, subscription, DeliveryCause.Event, now)).ToArray();
        session.Insert(announced);
        session.Insert(deliveries);
        return [.. deliveries.Where(delivery => delivery.NextAttemptAt is not null).Select(delivery => delivery.NextAttempt())];
    }

    // The store leaves out most of those that do not want it; the subscription itself decides
    private static IQueryable<WebhookSubscription> Candidates(IQueryable<WebhookSubscription> subscriptions, WebhookEvent news)
    {
        subscriptions = subscriptions.Where(subscription => subscription.Status == WebhookSubscriptionStatus.Enabled || subscription.Status == WebhookSubscriptionStatus.Paused);
        if (news.Owner is { } owner)
        {
            return subscriptions.Where(subscription => subscription.Owner == owner);
        }

        if (news.Place.SourceClientId is not null)
        {
            return subscriptions;
        }

        if (news.Place.InseeCode is { } code)
        {
            subscriptions = subscriptions.Where(subscription => subscription.Filter.InseeCodes.Count == 0 || subscription.Filter.InseeCodes.Contains(code));
        }

        return news.Place.Departement is { } departement
            ? subscriptions.Where(subscription => subscription.Filter.Departements.Count == 0 || subscription.Filter.Departements.Contains(departement))
            : subscriptions;
    }
}
