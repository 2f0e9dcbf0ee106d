using Marten;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Host.Webhooks.Reactions;

/// <summary>Whoever looks after a subscription that was disabled hears of it otherwise than by that subscription.</summary>
[MartenStore(typeof(IWebhooksStore))]
public static class MailOwnerOnWebhookSubscriptionDisabledHandler
{
    public static async Task Handle(WebhookSubscriptionDisabled message, IDocumentSession session, Audience audience, Mailer mailer, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookSubscription>(message.SubscriptionId, cancellationToken) is { } subscription
            && await audience.AddressOfAsync(subscription, cancellationToken) is { Length: > 0 } address)
        {
            await mailer.SendAsync(address, "Mille Cafés : abonnement suspendu · subscription disabled", TextOf(subscription, message), cancellationToken);
        }
    }

    private static string TextOf(WebhookSubscription subscription, WebhookSubscriptionDisabled message)
    {
        var gone = message.Reason == "gone";
        return $"""
            Bonjour,

            Votre abonnement aux événements de Mille Cafés est suspendu depuis le {message.DisabledAt:yyyy-MM-dd HH:mm} UTC : son adresse {(gone ? "a répondu 410" : "n'a rien accepté depuis plusieurs jours")}.
            Une fois l'adresse réparée, réactivez-le, puis demandez ce qui s'est passé entre-temps :

              POST /v1/webhooks/subscriptions/{subscription.Id}/activation
              POST /v1/webhooks/subscriptions/{subscription.Id}/replay

            —

            Hello,

            Your subscription to the events of Mille Cafés has been disabled since {message.DisabledAt:yyyy-MM-dd HH:mm} UTC: its address {(gone ? "answered 410" : "has taken nothing for several days")}.
            Once the address works again, activate it, then ask for what happened meanwhile, with the two requests above.

            Adresse · address: {subscription.Url}
            Description : {subscription.Description}
            """;
    }
}
