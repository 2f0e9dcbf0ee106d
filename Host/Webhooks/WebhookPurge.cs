using Marten;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks;

/// <summary>Takes out what has been kept long enough, and sends what was left lying, on every host, once an hour.</summary>
internal sealed class WebhookPurge(
    IWebhooksStore store, EventFeed feed, IServiceScopeFactory scopes, WebhookSettings settings, TimeProvider time, ILogger<WebhookPurge> logger) : BackgroundService
{
    private const int AtOnce = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Long after any attempt of its time would have ended
    private static readonly TimeSpan LongOverdue = TimeSpan.FromMinutes(30);

    /// <summary>Has deliveries resumed that are long overdue.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IWebhooksStore>>();
        await session.PublishAsync(new ResumeOverdueDeliveries(time.GetUtcNow() - LongOverdue));
        await session.CommitAsync(Done.Value, cancellationToken);
    }

    /// <summary>Takes out events, deliveries and ended subscriptions that are older than the retention, a thousand at a time.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - settings.Retention;
        await RemoveAsync(session => session.Query<WebhookDelivery>().Where(delivery => delivery.CreatedAt < limit).OrderBy(delivery => delivery.Id), cancellationToken);
        await feed.ShortenAsync(limit, cancellationToken);
        await RemoveAsync(session => session.Query<WebhookReplay>().Where(replay => replay.LastPartAt < limit).OrderBy(replay => replay.Id), cancellationToken);
        await RemoveAsync(
            session => session.Query<WebhookSubscription>()
                .Where(subscription => subscription.Status == WebhookSubscriptionStatus.Deleted && subscription.StatusSince < limit).OrderBy(subscription => subscription.Id),
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryPurgeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops
        }
    }

    private async Task TryPurgeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ResumeAsync(stoppingToken);
            await PurgeAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // An hour later it is tried again
            logger.LogWarning(fault, "Webhooks could not be looked after");
        }
    }

    private async Task RemoveAsync<T>(Func<IQuerySession, IQueryable<T>> old, CancellationToken cancellationToken)
        where T : Document
    {
        for (var removed = AtOnce; removed == AtOnce;)
        {
            await using var session = store.LightweightSession();
            var documents = await old(session).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var document in documents)
            {
                session.Purge(document);
            }

            await session.SaveChangesAsync(cancellationToken);
            removed = documents.Count;
        }
    }
}
