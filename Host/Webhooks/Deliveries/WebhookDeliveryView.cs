using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

internal sealed record DeliveryAttemptView(
    [property: Described("Rang de l'essai", "Which attempt it is", Example = "1")] int Number,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("Statut HTTP de la réponse, s'il y en a eu une", "HTTP status of the answer, when there was one", Example = "500")] int? StatusCode,
    [property: Described("Pourquoi il n'y a pas eu de réponse", "Why there was no answer")] DeliveryError? Error,
    [property: Described("Durée en millisecondes", "Duration in milliseconds", Example = "42")] int DurationMilliseconds,
    [property: Described("Le début de la réponse, 1 Kio au plus", "The start of the answer, 1 KiB at most")] string? Answer);

/// <summary>A delivery as the API shows it.</summary>
internal sealed record WebhookDeliveryView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("L'abonnement", "The subscription")] Guid SubscriptionId,
    [property: Described("L'en-tête `webhook-id`, le même à chaque essai", "The header `webhook-id`, the same at each attempt", Example = "\"msg_01937f0c4e2a7c3b9d5e8f1a2b3c4d5e\"")] string WebhookId,
    [property: Described("Type de l'événement", "Type of the event", Example = "\"recruitment.commune-candidature.accepted\"")] string EventType,
    [property: Described("Pourquoi elle existe : un événement, un essai, un renvoi, une relecture", "Why it exists: an event, a test, a re-sending, a replay")] DeliveryCause Cause,
    [property: Described("Où en est la livraison", "Where the delivery stands")] WebhookDeliveryStatus Status,
    [property: Described("Instant de création", "When it was created")] DateTimeOffset CreatedAt,
    [property: Described("Instant du prochain essai, s'il y en a un", "When the next attempt is made, if there is one", Example = "\"2023-04-17T08:30:05Z\"")] DateTimeOffset? NextAttemptAt,
    [property: Described("Les essais, dans l'ordre", "The attempts, in order")] IReadOnlyList<DeliveryAttemptView> Attempts)
{
    public static WebhookDeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Id,
        delivery.SubscriptionId,
        WebhookEvent.WebhookIdOf(delivery.EventId),
        delivery.EventType,
        delivery.Cause,
        delivery.Status,
        delivery.CreatedAt,
        delivery.NextAttemptAt,
        [.. delivery.Attempts.Select(attempt => new DeliveryAttemptView(
            attempt.Number, attempt.At, attempt.StatusCode, attempt.Error, attempt.DurationMilliseconds, attempt.Answer))]);
}
