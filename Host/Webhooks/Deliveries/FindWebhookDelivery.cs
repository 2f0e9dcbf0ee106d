using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>Shows one delivery to one of the key's own subscriptions.</summary>
internal sealed record FindWebhookDelivery(Guid Id) : IRequest<Result<WebhookDeliveryView>>;

internal sealed class FindWebhookDeliveryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/webhooks/deliveries/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindWebhookDelivery(id), token).ToHttp())
        .Described(nameof(FindWebhookDelivery), "Lire une livraison", "Read a delivery")
        .Answers<WebhookDeliveryView>()
        .Refuses(WebhookDeliveryErrors.Unknown)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class FindWebhookDeliveryHandler(ModuleSession<IWebhooksStore> session, CurrentActor actor)
    : IRequestHandler<FindWebhookDelivery, Result<WebhookDeliveryView>>
{
    public async Task<Result<WebhookDeliveryView>> Handle(FindWebhookDelivery request, CancellationToken cancellationToken) =>
        await session.LoadAsync<WebhookDelivery>(request.Id, cancellationToken) is { } delivery && delivery.Owner == actor.Id
            ? WebhookDeliveryView.Of(delivery)
            : WebhookDeliveryErrors.Unknown;
}
