using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

internal static class WebhookSubscriptionErrors
{
    public static readonly Error Unknown = Error.NotFound("webhooks.subscription_unknown", "Cet abonnement n'existe pas.", "There is no such subscription.");
    public static readonly Error TooMany = Error.Unprocessable("webhooks.too_many_subscriptions", "Cette clé a déjà 100 abonnements.", "This key has 100 subscriptions already.");
}
