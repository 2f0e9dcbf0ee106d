using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

internal static class WebhookDeliveryErrors
{
    public static readonly Error Unknown = Error.NotFound("webhooks.delivery_unknown", "Cette livraison n'existe pas.", "There is no such delivery.");
    public static readonly Error EventGone = Error.Conflict("webhooks.event_gone", "Cet événement n'est plus conservé : il a plus de trente jours.", "This event is no longer kept: it is more than thirty days old.");
}
