using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

internal static class WebhookDeliveryErrors
{
    public static readonly Error Unknown = Error.NotFound("webhooks.delivery_unknown", "Cette livraison n'existe pas.", "There is no such delivery.");
}
