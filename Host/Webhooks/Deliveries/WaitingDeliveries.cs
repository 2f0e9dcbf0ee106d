using Marten;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>How much a subscriber may have waiting because it asked for it; what happened waits beside that, however much it is.</summary>
internal static class WaitingDeliveries
{
    public const int MostAskedFor = 1_000;
    public const int MostTests = 100;

    public static async Task<bool> HasManyAskedForAsync(this IQueryable<WebhookDelivery> deliveries, Guid subscription, CancellationToken cancellationToken) =>
        await deliveries.CountAsync(
            delivery => delivery.SubscriptionId == subscription && delivery.Status == WebhookDeliveryStatus.Pending
                && (delivery.Cause == DeliveryCause.Resending || delivery.Cause == DeliveryCause.Replay),
            cancellationToken) >= MostAskedFor;

    /// <summary>Tests apart: a replay that waits for a broken endpoint must not forbid to try that endpoint.</summary>
    public static async Task<bool> HasManyTestsAsync(this IQueryable<WebhookDelivery> deliveries, Guid subscription, CancellationToken cancellationToken) =>
        await deliveries.CountAsync(
            delivery => delivery.SubscriptionId == subscription && delivery.Status == WebhookDeliveryStatus.Pending && delivery.Cause == DeliveryCause.Test,
            cancellationToken) >= MostTests;
}
