using MilleCafes.Host.Access;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Webhooks.Events;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Who may hear of an event, as the clients are now: one that was disabled hears of nothing.</summary>
public sealed class Audience
{
    private readonly IAccessStore access;

    internal Audience(IAccessStore access) => this.access = access;

    internal async Task<IReadOnlyList<WebhookSubscription>> OfAsync(WebhookEvent news, IEnumerable<WebhookSubscription> wanting, CancellationToken cancellationToken)
    {
        var subscriptions = wanting.ToList();
        if (subscriptions.Count == 0)
        {
            return subscriptions;
        }

        await using var session = access.QuerySession();
        var owners = await session.LoadManyAsync<Client>(cancellationToken, subscriptions.Select(subscription => Guid.Parse(subscription.Owner)).Distinct().ToArray());
        var hearing = owners.Where(client => client is { DisabledAt: null, DeletedAt: null } && news.IsFor(client.Holding(Guid.Empty, []))).Select(client => client.Id.ToString()).ToHashSet();
        return [.. subscriptions.Where(subscription => hearing.Contains(subscription.Owner))];
    }

    /// <summary>Where the owner of a subscription wants to be written to.</summary>
    internal async Task<string?> AddressOfAsync(WebhookSubscription subscription, CancellationToken cancellationToken)
    {
        await using var session = access.QuerySession();
        return subscription.ContactEmail ?? (await session.LoadAsync<Client>(Guid.Parse(subscription.Owner), cancellationToken))?.Email;
    }
}
