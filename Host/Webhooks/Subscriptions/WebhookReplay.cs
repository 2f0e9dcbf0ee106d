using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

internal enum WebhookReplayStatus
{
    /// <summary>Deliveries are still being made.</summary>
    UnderWay,

    /// <summary>Every event that was asked for has its delivery.</summary>
    Finished,

    /// <summary>Its subscription ended, its owner may hear of nothing more, or it broke off.</summary>
    Stopped,
}

/// <summary>A subscriber's wish to be sent every event since an instant again, and how far that is.</summary>
[Unaudited("How far a replay is; asking for one is an act, and is audited.")]
internal sealed record WebhookReplay : Document, IVisible<WebhookReplay>
{
    // A replay that broke off does not keep its subscriber from another for ever
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    public required string Owner { get; init; }

    public Guid SubscriptionId { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>When it was asked for: what is recorded later is delivered anyhow.</summary>
    public DateTimeOffset Until { get; init; }

    public WebhookReplayStatus Status { get; init; }

    /// <summary>How many deliveries it has made.</summary>
    public int Deliveries { get; init; }

    /// <summary>When it last went on, or ended.</summary>
    public required DateTimeOffset LastPartAt { get; init; }

    /// <summary>The subscription that can have no other replay now; indexed as unique.</summary>
    public Guid? UnderWayTo => Status == WebhookReplayStatus.UnderWay ? SubscriptionId : null;

    public static Expression<Func<WebhookReplay, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId.ToString();
        return one => one.Owner == own;
    }

    public static WebhookReplay Of(WebhookSubscription subscription, DateTimeOffset since, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Owner = subscription.Owner, SubscriptionId = subscription.Id, Since = since, Until = now, LastPartAt = now };

    public bool IsSilent(DateTimeOffset now) => now - LastPartAt >= LongestSilence;

    public WebhookReplay GoOn(int deliveries, DateTimeOffset now) => this with { Deliveries = Deliveries + deliveries, LastPartAt = now };

    public WebhookReplay End(WebhookReplayStatus status, DateTimeOffset now) => this with { Status = status, LastPartAt = now };
}
