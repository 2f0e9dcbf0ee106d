using MilleCafes.Host.Access;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Who may hear of an event, as the clients are now: one that was disabled, or may have no subscriptions any more, hears of nothing.</summary>
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
        var hearing = owners.Where(client => Holding(client) is { } holder && news.IsFor(holder)).Select(client => client.Id.ToString()).ToHashSet();
        return [.. subscriptions.Where(subscription => hearing.Contains(subscription.Owner))];
    }

    /// <summary>Whom a subscription speaks to; null when they may hear of nothing.</summary>
    internal async Task<Holder?> HolderOfAsync(WebhookSubscription subscription, CancellationToken cancellationToken)
    {
        await using var session = access.QuerySession();
        return await session.LoadAsync<Client>(Guid.Parse(subscription.Owner), cancellationToken) is { } client ? Holding(client) : null;
    }

    /// <summary>Where the owner of a subscription wants to be written to.</summary>
    internal async Task<string?> AddressOfAsync(WebhookSubscription subscription, CancellationToken cancellationToken)
    {
        await using var session = access.QuerySession();
        return subscription.ContactEmail ?? (await session.LoadAsync<Client>(Guid.Parse(subscription.Owner), cancellationToken))?.Email;
    }

    private static Holder? Holding(Client client) =>
        client is { DisabledAt: null, DeletedAt: null } && client.Scopes.Contains(Scopes.WebhooksManage) ? client.Holding(Guid.Empty, client.Scopes) : null;
}
