using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

internal enum WebhookSubscriptionStatus
{
    /// <summary>Receives events.</summary>
    Enabled,

    /// <summary>Its endpoint answered 410.</summary>
    Disabled,

    /// <summary>Its owner ended it; kept without its secret, so that its deliveries can still be read.</summary>
    Deleted,
}

/// <summary>Where a partner wants to be told, and of what.</summary>
internal sealed record WebhookSubscription : Document, IVisible<WebhookSubscription>
{
    /// <summary>The key that made it, the only one that sees it.</summary>
    public required string Owner { get; init; }

    public required string Url { get; init; }

    public required ImmutableArray<string> EventTypes { get; init; }

    public string? Description { get; init; }

    /// <summary>Signs every delivery, so that it has to be kept readable.</summary>
    public required string Secret { get; init; }

    public WebhookSubscriptionStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public static Expression<Func<WebhookSubscription, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId.ToString();
        return one => one.Owner == own;
    }

    public bool Wants(string eventType) => EventTypes.Any(pattern => EventCatalogue.Matches(pattern, eventType));

    public bool IsVisibleTo(string actor) => Owner == actor && Status != WebhookSubscriptionStatus.Deleted;

    public WebhookSubscription Disable(DateTimeOffset now) => this with { Status = WebhookSubscriptionStatus.Disabled, EndedAt = now };

    public WebhookSubscription Delete(DateTimeOffset now) => this with { Status = WebhookSubscriptionStatus.Deleted, EndedAt = now, DeletedAt = now, Secret = "" };
}

/// <summary>Nothing more goes to this subscription: what still waits for an attempt is cancelled.</summary>
public sealed record WebhookSubscriptionEnded(Guid SubscriptionId);
