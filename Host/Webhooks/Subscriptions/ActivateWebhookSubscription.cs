using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Sends events again to a subscription that was paused or disabled.</summary>
internal sealed record ActivateWebhookSubscription(Guid Id) : IRequest<Result<WebhookSubscriptionView>>;

internal sealed record ActivateWebhookSubscriptionBody;

internal sealed class ActivateWebhookSubscriptionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhooks/subscriptions/{id:guid}/activation", (Guid id, ActivateWebhookSubscriptionBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new ActivateWebhookSubscription(id), token).ToHttp())
        .Described(nameof(ActivateWebhookSubscription), "Réactiver un abonnement", "Activate a subscription")
        .Noted("Ce qui attendait pendant une pause part aussitôt. Ce qui s'est passé pendant une suspension se demande par `replay`.",
            "What waited during a pause is sent at once. What happened while it was disabled can be asked for with `replay`.")
        .Answers<WebhookSubscriptionView>()
        .Refuses(CommonErrors.Malformed, WebhookSubscriptionErrors.Unknown, WebhookSubscriptionErrors.AlreadyEnabled, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ActivateWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, TimeProvider time)
    : IRequestHandler<ActivateWebhookSubscription, Result<WebhookSubscriptionView>>
{
    public async Task<Result<WebhookSubscriptionView>> Handle(ActivateWebhookSubscription request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<WebhookSubscription>(
            request.Id,
            WebhookSubscriptionErrors.Unknown,
            subscription => subscription.For(subscriber.Id).Then(own => own.Activate(time.GetUtcNow())),
            cancellationToken,
            publish: subscription => new WebhookSubscriptionActivated(subscription.Id));
        return decision.Select(WebhookSubscriptionView.Of);
    }
}

/// <summary>What waited for this subscription may go.</summary>
/// <param name="IsLast">Whether those that were told to wait while it was activated have been looked for too.</param>
public sealed record WebhookSubscriptionActivated(Guid SubscriptionId, bool IsLast = false);
