using JasperFx;
using Marten;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>Time for an attempt; one that was made already is not made again.</summary>
/// <param name="Deferrals">How often it has waited for its turn, which is no attempt.</param>
public sealed record DeliverWebhook(Guid DeliveryId, int Attempt, int Deferrals = 0) : IActOfNobody;

/// <summary>Makes one attempt, or comes back for it when it cannot be made now.</summary>
/// <remarks>A process that dies between the request and the commit makes the attempt again: at least once, with the same <c>webhook-id</c>.</remarks>
[MartenStore(typeof(IWebhooksStore))]
public static class DeliverWebhookHandler
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(30);

    public static async Task<WebhookAttempted?> Handle(
        DeliverWebhook message, IDocumentSession session, IMessageContext bus, WebhookSender sender, Audience audience, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookDelivery>(message.DeliveryId, cancellationToken) is not { } delivery || !delivery.Awaits(message))
        {
            return null;
        }

        var subscription = await session.LoadAsync<WebhookSubscription>(delivery.SubscriptionId, cancellationToken);
        if (delivery.FateUnder(subscription) is { } other)
        {
            session.UpdateNext(other);
            return null;
        }

        // What the owner may hear of can have changed since the event, and since the attempt before
        if (await sender.Events.FindAsync(session, delivery.EventId, cancellationToken) is not { } news
            || await audience.HolderOfAsync(subscription!, cancellationToken) is not { } holder || !news.IsFor(holder))
        {
            session.UpdateNext(delivery.Cancel());
            return null;
        }

        var heard = subscription! with { PersonalData = subscription!.PersonalData && holder.MayReadPersonalData };
        if (await sender.SendAsync(heard, news, delivery, cancellationToken) is { } sent)
        {
            // As it is now: others may have failed, or succeeded, while this one was under way
            var now = await session.LoadAsync<WebhookSubscription>(subscription!.Id, cancellationToken);
            var attempted = new WebhookAttempted(delivery.Id, sent.Attempt, sent.Delay);
            return now?.NewsOf(sent.Attempt, delivery.Cause) is null or AttemptNews.None && await TryRecordAsync(delivery, attempted, session, bus, time, cancellationToken) ? null : attempted;
        }

        var later = time.GetUtcNow() + sender.WaitOf(heard, message.Deferrals);
        if (later - (delivery.NextAttemptAt ?? later) > WorthTelling)
        {
            session.UpdateNext(delivery with { NextAttemptAt = later });
        }

        await bus.ScheduleAsync(message with { Deferrals = message.Deferrals + 1 }, later);
        return null;
    }

    /// <summary>Lists the attempt at once, as nearly always; a clash must not repeat the request, so that it is left to a message.</summary>
    private static async Task<bool> TryRecordAsync(
        WebhookDelivery delivery, WebhookAttempted attempted, IDocumentSession session, IMessageContext bus, TimeProvider time, CancellationToken cancellationToken)
    {
        await session.RecordAsync(delivery, attempted, bus, time.GetUtcNow());
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (ConcurrencyException)
        {
            session.EjectAllPendingChanges();
            return false;
        }
    }
}
