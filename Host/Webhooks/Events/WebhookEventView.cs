using System.Text.Json;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>The body of a webhook.</summary>
internal sealed record WebhookContent(
    [property: Described("Type de l'événement", "Type of the event", Example = "\"recruitment.commune-candidature.accepted\"")] string Type,
    [property: Described("Quand il a eu lieu", "When it happened")] DateTimeOffset Timestamp,
    [property: Described("Ce qu'il dit", "What it says",
        Example = """{"candidatureId":"01878b9e-0f20-7d11-8e63-ed3657629f16","inseeCode":"12268","communeName":"Sénergues","departement":"12","acceptedAt":"2023-04-17T08:30:00Z"}""")] JsonElement Data);

/// <summary>An event as the API shows it.</summary>
internal sealed record WebhookEventView(
    [property: Described("L'en-tête `webhook-id`", "The header `webhook-id`", Example = "\"msg_01937f0c4e2a7c3b9d5e8f1a2b3c4d5e\"")] string WebhookId,
    [property: Described("À donner comme `after` pour lire la suite, maintenant ou plus tard", "To be given as `after` to read on, now or later", Example = "\"q3ZcYb1v0sH8nXk2mT5uLA\"")] string Cursor,
    [property: Described("Le corps, tel qu'il est envoyé aux abonnés", "The body, as subscribers are sent it")] WebhookContent Body)
{
    public static WebhookEventView Of(WebhookEvent news, bool personalData, FeedCursor cursors)
    {
        var body = JsonElement.Parse(news.Body.For(WebhookFormat.Full, personalData));
        return new(WebhookEvent.WebhookIdOf(news.Id), cursors.Of(news.Position!.Value), new(news.Type, news.OccurredAt, body.GetProperty("data")));
    }
}
