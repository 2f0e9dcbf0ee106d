using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

internal static class WebhookSubscriptionErrors
{
    public static readonly Error Unknown = Error.NotFound("webhooks.subscription_unknown", "Cet abonnement n'existe pas.", "There is no such subscription.");
    public static readonly Error TooMany = Error.Unprocessable("webhooks.too_many_subscriptions", "Cette clé a déjà 100 abonnements.", "This key has 100 subscriptions already.");
    public static readonly Error AlreadyPaused = Error.Conflict("webhooks.subscription_already_paused", "Cet abonnement est déjà en pause.", "This subscription is paused already.");
    public static readonly Error AlreadyEnabled = Error.Conflict("webhooks.subscription_already_enabled", "Cet abonnement est déjà actif.", "This subscription is enabled already.");
    public static readonly Error Disabled = Error.Conflict("webhooks.subscription_disabled", "Cet abonnement est suspendu : réactivez-le d'abord.", "This subscription is disabled: activate it first.");
    public static readonly Error ReplayUnderWay = Error.Conflict("webhooks.replay_under_way", "Un renvoi des événements de cet abonnement est encore en cours.", "A replay to this subscription is still under way.");
    public static readonly Error ReplayUnknown = Error.NotFound("webhooks.replay_unknown", "Ce renvoi d'événements n'existe pas.", "There is no such replay.");
    public static readonly Error TooManyWaiting = Error.Conflict("webhooks.too_many_waiting", "Trop d'envois que vous avez demandés attendent encore : laissez-les d'abord partir.", "Too many sendings that you asked for still wait: let them go first.");
}
