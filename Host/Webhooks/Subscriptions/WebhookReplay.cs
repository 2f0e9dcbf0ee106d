using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>The replay that is under way to the subscription of the same id; gone when it is over.</summary>
[Unaudited("How far a replay is; asking for one is an act, and is audited.")]
internal sealed record WebhookReplay : Document, IVisible<WebhookReplay>
{
    // A replay that broke off does not keep its subscriber from another for ever
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    public required string Owner { get; init; }

    public required Guid ReplayId { get; init; }

    /// <summary>When it last went on.</summary>
    public required DateTimeOffset LastPartAt { get; init; }

    public static Expression<Func<WebhookReplay, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId.ToString();
        return one => one.Owner == own;
    }

    public static WebhookReplay Of(WebhookSubscription subscription, DateTimeOffset now) =>
        new() { Id = subscription.Id, Owner = subscription.Owner, ReplayId = Guid.CreateVersion7(now), LastPartAt = now };

    public bool IsUnderWay(DateTimeOffset now) => now - LastPartAt < LongestSilence;
}
