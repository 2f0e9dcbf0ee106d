using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Sends a ping to a subscription, whatever its filters and its state.</summary>
internal sealed record TestWebhookSubscription(Guid Id) : IRequest<Result<WebhookDeliveryView>>;

internal sealed record TestWebhookSubscriptionBody;

internal sealed class TestWebhookSubscriptionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhooks/subscriptions/{id:guid}/test", (Guid id, TestWebhookSubscriptionBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new TestWebhookSubscription(id), token).ToCreated(delivery => $"/v1/webhooks/deliveries/{delivery.Id}"))
        .Described(nameof(TestWebhookSubscription), "Essayer un abonnement", "Test a subscription")
        .Noted("Envoie un événement `webhooks.ping`, une seule fois ; la livraison, `pending` dans cette réponse, dit un moment plus tard ce qui en est advenu.",
            "Sends an event `webhooks.ping`, once; the delivery, `pending` in this answer, tells a moment later what came of it.")
        .Answers<WebhookDeliveryView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, WebhookSubscriptionErrors.Unknown, WebhookSubscriptionErrors.TooManyWaiting)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class TestWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, TimeProvider time)
    : IRequestHandler<TestWebhookSubscription, Result<WebhookDeliveryView>>
{
    public async Task<Result<WebhookDeliveryView>> Handle(TestWebhookSubscription request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookSubscription>(request.Id, cancellationToken) is not { } subscription || !subscription.IsVisibleTo(subscriber.Id))
        {
            return WebhookSubscriptionErrors.Unknown;
        }

        if (await session.Query<WebhookDelivery>().HasManyTestsAsync(subscription.Id, cancellationToken))
        {
            return WebhookSubscriptionErrors.TooManyWaiting;
        }

        var now = time.GetUtcNow();
        var ping = WebhookEvent.Of(EventCatalogue.For<WebhookPing>(), new WebhookPing(subscription.Id, now), now) with
        {
            Id = Guid.CreateVersion7(now), Owner = subscription.Owner, Position = 0,
        };
        var delivery = WebhookDelivery.Of(ping, subscription, DeliveryCause.Test, now);
        session.Insert(ping);
        session.Insert(delivery);
        await session.PublishAsync(delivery.NextAttempt());
        return await session.CommitAsync(WebhookDeliveryView.Of(delivery), cancellationToken);
    }
}
