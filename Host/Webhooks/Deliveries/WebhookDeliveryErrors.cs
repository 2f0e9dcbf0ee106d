using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

internal static class WebhookDeliveryErrors
{
    public static readonly Error Unknown = Error.NotFound("webhooks.delivery_unknown", "Cette livraison n'existe pas.", "There is no such delivery.");
    public static readonly Error EventGone = Error.Conflict("webhooks.event_gone", "Cet événement ne peut plus être renvoyé : il a plus de trente jours, ou ne vous est plus ouvert.", "This event can no longer be sent: it is more than thirty days old, or no longer yours to see.");
}
