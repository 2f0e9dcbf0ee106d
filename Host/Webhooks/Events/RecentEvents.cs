using System.Collections.Concurrent;
using Marten;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>The events that are being sent just now: what hundreds of subscriptions want is read once. What an event says never changes.</summary>
internal sealed class RecentEvents
{
    private const int Most = 512;

    private readonly ConcurrentDictionary<Guid, WebhookEvent> known = new();
    private readonly ConcurrentQueue<Guid> order = new();

    public async Task<WebhookEvent?> FindAsync(IQuerySession session, Guid id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var found))
        {
            return found;
        }

        if (await session.LoadAsync<WebhookEvent>(id, cancellationToken) is not { } news)
        {
            return null;
        }

        if (known.TryAdd(id, news))
        {
            order.Enqueue(id);
        }

        while (order.Count > Most && order.TryDequeue(out var oldest))
        {
            known.TryRemove(oldest, out _);
        }

        return news;
    }
}
