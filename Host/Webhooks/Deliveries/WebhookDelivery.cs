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

    /// <summary>The subscription ended before the event was delivered.</summary>
    Cancelled,
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
internal sealed record WebhookDelivery : Document, IVisible<WebhookDelivery>
{
    public required Guid SubscriptionId { get; init; }

    public required Guid EventId { get; init; }

    public required string EventType { get; init; }

    public required string Owner { get; init; }

    public WebhookDeliveryStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    public ImmutableList<DeliveryAttempt> Attempts { get; init; } = [];

    public static Expression<Func<WebhookDelivery, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId.ToString();
        return one => one.Owner == own;
    }

    public static WebhookDelivery Of(WebhookEvent news, WebhookSubscription subscription, DateTimeOffset now) => new()
    {
        Id = DerivedId.From(subscription.Id, news.Id.ToString(), now),
        SubscriptionId = subscription.Id,
        EventId = news.Id,
        EventType = news.Type,
        Owner = subscription.Owner,
        CreatedAt = now,
        NextAttemptAt = now,
    };

    public DeliverWebhook NextAttempt() => new(Id, Attempts.Count + 1);

    public bool Awaits(DeliverWebhook message) => Status == WebhookDeliveryStatus.Pending && message.Attempt == Attempts.Count + 1;

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
