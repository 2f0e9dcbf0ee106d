using Marten;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>The next part of a replay.</summary>
/// <param name="At">When it was asked for: what is recorded later is delivered anyhow.</param>
/// <param name="After">The last event of the part before.</param>
public sealed record ContinueWebhookReplay(Guid SubscriptionId, Guid ReplayId, DateTimeOffset Since, DateTimeOffset At, Guid After);

/// <summary>Delivers some events again and comes back for the others, so that a long replay leaves room for news.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class ContinueWebhookReplayHandler
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongBreath = TimeSpan.FromSeconds(30);

    public static async Task<IEnumerable<object>> Handle(
        ContinueWebhookReplay message, IDocumentSession session, Audience audience, IMessageContext bus, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookReplay>(message.ReplayId, cancellationToken) is not { Status: WebhookReplayStatus.UnderWay } replay)
        {
            return [];
        }

        if (await session.LoadAsync<WebhookSubscription>(message.SubscriptionId, cancellationToken) is not { MayBeDisabled: true } subscription
            || await audience.HolderOfAsync(subscription, cancellationToken) is not { } holder)
        {
            session.UpdateNext(replay.End(WebhookReplayStatus.Stopped, time.GetUtcNow()));
            return [];
        }

        if (await session.Query<WebhookDelivery>().HasManyAskedForAsync(subscription.Id, cancellationToken))
        {
            session.UpdateNext(replay.GoOn(0, time.GetUtcNow()));
            await bus.ScheduleAsync(message, LongBreath);
            return [];
        }

        var (since, until, last, ping) = (message.Since, message.At, message.After, EventCatalogue.Ping);
        var seen = WebhookEvent.VisibleTo(holder) is { } visible ? session.Query<WebhookEvent>().Where(visible) : session.Query<WebhookEvent>();
        var events = await seen
            .Where(news => news.RecordedAt >= since && news.RecordedAt <= until && news.Type != ping && news.Id > last)
            .OrderBy(news => news.Id).Take(AtOnce).ToListAsync(cancellationToken);
        var deliveries = events.Where(subscription.Wants)
            .Select(news => WebhookDelivery.Of(news, subscription, DeliveryCause.Replay, message.At, message.ReplayId)).ToArray();
        session.Insert(deliveries);
        var goingOn = replay.GoOn(deliveries.Length, time.GetUtcNow());
        if (events.Count == AtOnce)
        {
            session.UpdateNext(goingOn);
            await bus.ScheduleAsync(message with { After = events[^1].Id }, Breath);
        }
        else
        {
            session.UpdateNext(goingOn.End(WebhookReplayStatus.Finished, goingOn.LastPartAt));
        }

        return deliveries.Where(delivery => delivery.NextAttemptAt is not null).Select(delivery => delivery.NextAttempt());
    }
}
