using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>A subscription as the API shows it: without its secret.</summary>
internal record WebhookSubscriptionView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("L'adresse qui reçoit les événements", "The address that receives the events", Example = "\"https://partenaire.example/webhooks\"")] string Url,
    [property: Described("Les types d'événements demandés", "The types of event asked for", Example = "[\"recruitment.*\"]")] IReadOnlyList<string> EventTypes,
    [property: Described("À quoi sert l'abonnement", "What the subscription is for")] string? Description,
    [property: Described("Actif, ou suspendu parce que l'adresse a répondu 410", "Enabled, or disabled because the address answered 410")] WebhookSubscriptionStatus Status,
    [property: Described("Instant de création", "When it was created")] DateTimeOffset CreatedAt)
{
    public static WebhookSubscriptionView Of(WebhookSubscription subscription) => new(
        subscription.Id, subscription.Revision, subscription.Url, subscription.EventTypes, subscription.Description, subscription.Status, subscription.CreatedAt);
}

/// <summary>The answer to the creation of a subscription, the only one with the secret.</summary>
internal sealed record CreatedWebhookSubscription : WebhookSubscriptionView
{
    public CreatedWebhookSubscription(WebhookSubscription subscription)
        : base(Of(subscription)) => Secret = subscription.Secret;

    [Described("Le secret des signatures, donné cette seule fois", "The secret of the signatures, given this once", Example = "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"")]
    public string Secret { get; }
}
