using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

internal enum WebhookDeliveryStatus
{
    /// <summary>Waits for its first or next attempt.</summary>
    Pending,

    /// <summary>The endpoint answered 2xx.</summary>
    Delivered,

    /// <summary>Every attempt failed, or the endpoint answered 410.</summary>
    Failed,

    /// <summary>The subscription ended before the event was delivered, or its owner may no longer hear of it.</summary>
    Cancelled,
}

/// <summary>Why there is a delivery.</summary>
internal enum DeliveryCause
{
    /// <summary>Something happened.</summary>
    Event,

    /// <summary>The subscriber tries its endpoint: one attempt, whatever the state of the subscription.</summary>
    Test,

    /// <summary>The subscriber asks for one event again.</summary>
    Resending,

    /// <summary>The subscriber asks for all events since an instant.</summary>
    Replay,
}

/// <summary>Why an attempt had no answer.</summary>
public enum DeliveryError
{
    Timeout,
    NameUnresolved,
    Unreachable,
    CertificateRefused,
    ForbiddenAddress,
    BrokenAnswer,
    SecretUnreadable,
}

/// <summary>One request to the endpoint and what came of it.</summary>
/// <param name="Answer">The first bytes of the answer, as text.</param>
public sealed record DeliveryAttempt(int Number, DateTimeOffset At, int? StatusCode, DeliveryError? Error, int DurationMilliseconds, string? Answer)
{
    [JsonIgnore]
    public bool Succeeded => StatusCode is >= 200 and < 300;

    /// <summary>410: the endpoint wants nothing more, ever.</summary>
    [JsonIgnore]
    public bool IsGone => StatusCode == StatusCodes.Status410Gone;
}

/// <summary>One event on its way to one subscription.</summary>
[Unaudited("Its attempts and its place in the queue are nobody's act; it lists them itself.")]
internal sealed record WebhookDelivery : Document, IVisible<WebhookDelivery>
{
    public required Guid SubscriptionId { get; init; }

    public required Guid EventId { get; init; }

    public required string EventType { get; init; }

    public required string Owner { get; init; }

    public DeliveryCause Cause { get; init; }

    public WebhookDeliveryStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null when there is none, or when a paused subscription lets it wait.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public ImmutableList<DeliveryAttempt> Attempts { get; init; } = [];

    public static Expression<Func<WebhookDelivery, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId.ToString();
        return one => one.Owner == own;
    }

    /// <param name="replay">Names the replay, when there is one: an event that is asked for again is delivered again.</param>
    public static WebhookDelivery Of(WebhookEvent news, WebhookSubscription subscription, DeliveryCause cause, DateTimeOffset now, Guid? replay = null) => new()
    {
        Id = DerivedId.From(subscription.Id, $"{news.Id}{replay}", now),
        SubscriptionId = subscription.Id,
        EventId = news.Id,
        EventType = news.Type,
        Owner = subscription.Owner,
        Cause = cause,
        CreatedAt = now,
        NextAttemptAt = subscription.Status == WebhookSubscriptionStatus.Paused && cause != DeliveryCause.Test ? null : now,
    };

    public DeliverWebhook NextAttempt() => new(Id, Attempts.Count + 1);

    public bool Awaits(DeliverWebhook message) => Status == WebhookDeliveryStatus.Pending && message.Attempt == Attempts.Count + 1;

    /// <summary>What becomes of it when its time has come and the subscription does not want it now; null when it does.</summary>
    public WebhookDelivery? FateUnder(WebhookSubscription? subscription) => subscription?.Status switch
    {
        WebhookSubscriptionStatus.Enabled => null,
        WebhookSubscriptionStatus.Paused or WebhookSubscriptionStatus.Disabled when Cause == DeliveryCause.Test => null,
        WebhookSubscriptionStatus.Paused => this with { NextAttemptAt = null },
        _ => Cancel(),
    };

    public bool Lists(DeliveryAttempt attempt) => Attempts.Any(listed => listed.Number == attempt.Number);

    /// <summary>What becomes of the delivery; <paramref name="delay"/> leads to the next attempt, and there is none after the last.</summary>
    /// <remarks>One that was cancelled while the attempt was under way lists it, and has no other.</remarks>
    public WebhookDelivery After(DeliveryAttempt attempt, TimeSpan? delay, DateTimeOffset now)
    {
        var status = attempt switch
        {
            { Succeeded: true } => WebhookDeliveryStatus.Delivered,
            { IsGone: true } => WebhookDeliveryStatus.Failed,
            _ when Status == WebhookDeliveryStatus.Pending && delay is null => WebhookDeliveryStatus.Failed,
            _ => Status,
        };
        return this with { Attempts = Attempts.Add(attempt), Status = status, NextAttemptAt = status == WebhookDeliveryStatus.Pending ? now + delay : null };
    }

    public WebhookDelivery Cancel() => this with { Status = WebhookDeliveryStatus.Cancelled, NextAttemptAt = null };
}
