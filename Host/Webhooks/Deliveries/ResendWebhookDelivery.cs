using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>Sends the event of a delivery once more, to the same subscription as it is now.</summary>
internal sealed record ResendWebhookDelivery(Guid Id) : IRequest<Result<WebhookDeliveryView>>;

internal sealed record ResendWebhookDeliveryBody;

internal sealed class ResendWebhookDeliveryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhooks/deliveries/{id:guid}/resending", (Guid id, ResendWebhookDeliveryBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new ResendWebhookDelivery(id), token).ToCreated(delivery => $"/v1/webhooks/deliveries/{delivery.Id}"))
        .Described(nameof(ResendWebhookDelivery), "Renvoyer un événement", "Send an event again")
        .Noted("Une nouvelle livraison du même événement, au même `webhook-id`, avec ses propres essais.",
            "A new delivery of the same event, with the same `webhook-id`, and attempts of its own.")
        .Answers<WebhookDeliveryView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, WebhookDeliveryErrors.Unknown, WebhookDeliveryErrors.EventGone, WebhookSubscriptionErrors.Disabled, WebhookSubscriptionErrors.TooManyWaiting)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ResendWebhookDeliveryHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, TimeProvider time)
    : IRequestHandler<ResendWebhookDelivery, Result<WebhookDeliveryView>>
{
    public async Task<Result<WebhookDeliveryView>> Handle(ResendWebhookDelivery request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookDelivery>(request.Id, cancellationToken) is not { } delivery || delivery.Owner != subscriber.Id)
        {
            return WebhookDeliveryErrors.Unknown;
        }

        if (await session.LoadAsync<WebhookSubscription>(delivery.SubscriptionId, cancellationToken) is not { MayBeDisabled: true } subscription)
        {
            return WebhookSubscriptionErrors.Disabled;
        }

        if (await session.LoadAsync<WebhookEvent>(delivery.EventId, cancellationToken) is not { } news)
        {
            return WebhookDeliveryErrors.EventGone;
        }

        if (await session.Query<WebhookDelivery>().HasManyAskedForAsync(subscription.Id, cancellationToken))
        {
            return WebhookSubscriptionErrors.TooManyWaiting;
        }

        var now = time.GetUtcNow();
        var again = WebhookDelivery.Of(news, subscription, DeliveryCause.Resending, now, Guid.CreateVersion7(now));
        session.Insert(again);
        if (again.NextAttemptAt is not null)
        {
            await session.PublishAsync(again.NextAttempt());
        }

        return await session.CommitAsync(WebhookDeliveryView.Of(again), cancellationToken);
    }
}
