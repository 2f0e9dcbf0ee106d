using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>A key that signs, without its secret.</summary>
internal sealed record WebhookKeyView(
    [property: Described("Sorte de signature", "Kind of signature", Example = "\"v1\"")] SignatureScheme Signature,
    [property: Described("La clé publique qui vérifie, pour `v1a`", "The public key that verifies, for `v1a`", Example = "null")] string? PublicKey,
    [property: Described("Quand elle cesse de signer ; nul pour la clé courante", "When it stops signing; null for the current key", Example = "null")] DateTimeOffset? Until);

/// <summary>A subscription as the API shows it: without its secret.</summary>
internal record WebhookSubscriptionView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("L'adresse qui reçoit les événements", "The address that receives the events", Example = "\"https://partenaire.example/webhooks\"")] string Url,
    [property: Described("Les types d'événements demandés", "The types of event asked for", Example = "[\"recruitment.*\"]")] IReadOnlyList<string> EventTypes,
    [property: Described("Les filtres", "The filters")] WebhookFilters Filters,
    [property: Described("Événements entiers, ou réduits à leurs identifiants", "Whole events, or their ids only")] WebhookFormat Format,
    [property: Described("À quoi sert l'abonnement", "What the subscription is for")] string? Description,
    [property: Described(
        "Qui est prévenu quand l'abonnement est suspendu ; absent pour qui ne peut lire les données personnelles",
        "Who is told when the subscription is disabled; left out for those who may not read personal data", Example = "\"webhooks@partenaire.example\"")][property: PersonalData] string? ContactEmail,
    [property: Described("Actif, en pause, ou suspendu", "Enabled, paused, or disabled")] WebhookSubscriptionStatus Status,
    [property: Described("Depuis quand", "Since when")] DateTimeOffset StatusSince,
    [property: Described(
        "Pourquoi il est suspendu : l'adresse a répondu 410, ou n'a rien accepté pendant cinq jours",
        "Why it is disabled: the address answered 410, or took nothing for five days", Example = "null")] DisabledReason? DisabledBecause,
    [property: Described("Depuis quand plus rien n'est accepté", "Since when nothing has been taken", Example = "null")] DateTimeOffset? FailingSince,
    [property: Described("Ce qui signe, la clé courante d'abord", "What signs, the current key first")] IReadOnlyList<WebhookKeyView> Keys,
    [property: Described("Instant de création", "When it was created")] DateTimeOffset CreatedAt)
{
    public static WebhookSubscriptionView Of(WebhookSubscription subscription) => new(
        subscription.Id,
        subscription.Revision,
        subscription.Url,
        subscription.EventTypes,
        WebhookFilters.Of(subscription.Filter),
        subscription.Format,
        subscription.Description,
        subscription.ContactEmail,
        subscription.Status,
        subscription.StatusSince,
        subscription.DisabledBecause,
        subscription.FailingSince,
        [.. subscription.Keys.Select(key => new WebhookKeyView(key.Scheme, key.PublicKey, key.Until))],
        subscription.CreatedAt);
}

/// <summary>The answer to a creation or a rotation, the only ones with the secret.</summary>
internal sealed record CreatedWebhookSubscription : WebhookSubscriptionView
{
    public CreatedWebhookSubscription(WebhookSubscription subscription, byte[] secret)
        : base(Of(subscription)) => Secret = subscription.Keys[0].Scheme == SignatureScheme.V1 ? WebhookSignature.SecretText(secret) : null;

    [Described("Le secret des signatures, donné cette seule fois ; nul pour `v1a`, dont la clé publique suffit", "The secret of the signatures, given this once; null for `v1a`, whose public key is enough", Example = "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"")]
    public string? Secret { get; }
}
