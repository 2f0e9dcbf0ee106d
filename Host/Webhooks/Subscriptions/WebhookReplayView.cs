using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>A replay as the API shows it.</summary>
internal sealed record WebhookReplayView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("L'abonnement", "The subscription")] Guid SubscriptionId,
    [property: Described("Depuis quand les événements sont renvoyés", "Since when events are sent again", Example = "\"2023-04-03T09:00:00Z\"")] DateTimeOffset Since,
    [property: Described("Jusqu'à quand : l'instant de la demande, les suivants étant envoyés de toute façon", "Until when: the instant it was asked for, as later ones are sent anyhow")] DateTimeOffset Until,
    [property: Described("En cours, terminé, ou arrêté avant la fin", "Under way, finished, or stopped before its end")] WebhookReplayStatus Status,
    [property: Described("Combien de livraisons il a faites jusqu'ici", "How many deliveries it has made so far", Example = "445")] int Deliveries,
    [property: Described("Quand il a avancé, ou fini", "When it last went on, or ended")] DateTimeOffset LastPartAt)
{
    public static WebhookReplayView Of(WebhookReplay replay) =>
        new(replay.Id, replay.Revision, replay.SubscriptionId, replay.Since, replay.Until, replay.Status, replay.Deliveries, replay.LastPartAt);
}
