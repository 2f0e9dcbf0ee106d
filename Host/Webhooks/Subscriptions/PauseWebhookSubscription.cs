using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Lets events wait for a subscriber that is not ready for them.</summary>
internal sealed record PauseWebhookSubscription(Guid Id) : IRequest<Result<WebhookSubscriptionView>>;

internal sealed record PauseWebhookSubscriptionBody;

internal sealed class PauseWebhookSubscriptionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhooks/subscriptions/{id:guid}/pause", (Guid id, PauseWebhookSubscriptionBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new PauseWebhookSubscription(id), token).ToHttp())
        .Described(nameof(PauseWebhookSubscription), "Mettre un abonnement en pause", "Pause a subscription")
        .Noted("Les événements attendent, trente jours au plus ; ils partent quand l'abonnement est réactivé.",
            "Events wait, for thirty days at most; they are sent when the subscription is activated again.")
        .Answers<WebhookSubscriptionView>()
        .Refuses(CommonErrors.Malformed, WebhookSubscriptionErrors.Unknown, WebhookSubscriptionErrors.AlreadyPaused, WebhookSubscriptionErrors.Disabled, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class PauseWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, TimeProvider time)
    : IRequestHandler<PauseWebhookSubscription, Result<WebhookSubscriptionView>>
{
    public async Task<Result<WebhookSubscriptionView>> Handle(PauseWebhookSubscription request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<WebhookSubscription>(
            request.Id,
            WebhookSubscriptionErrors.Unknown,
            subscription => subscription.For(subscriber.Id).Then(own => own.Pause(time.GetUtcNow())),
            cancellationToken);
        return decision.Select(WebhookSubscriptionView.Of);
    }
}
