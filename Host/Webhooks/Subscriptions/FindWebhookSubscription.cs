using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Shows one of the key's own subscriptions.</summary>
internal sealed record FindWebhookSubscription(Guid Id) : IRequest<Result<WebhookSubscriptionView>>;

internal sealed class FindWebhookSubscriptionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/webhooks/subscriptions/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindWebhookSubscription(id), token).ToHttp())
        .Described(nameof(FindWebhookSubscription), "Lire un abonnement", "Read a subscription")
        .Answers<WebhookSubscriptionView>()
        .Refuses(WebhookSubscriptionErrors.Unknown)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class FindWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, CurrentActor actor)
    : IRequestHandler<FindWebhookSubscription, Result<WebhookSubscriptionView>>
{
    public async Task<Result<WebhookSubscriptionView>> Handle(FindWebhookSubscription request, CancellationToken cancellationToken) =>
        await session.LoadAsync<WebhookSubscription>(request.Id, cancellationToken) is { } subscription && subscription.IsVisibleTo(actor.Id)
            ? WebhookSubscriptionView.Of(subscription)
            : WebhookSubscriptionErrors.Unknown;
}
