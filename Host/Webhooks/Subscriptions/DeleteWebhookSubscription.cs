using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Ends a subscription: nothing more is sent to it, what was waiting included.</summary>
internal sealed record DeleteWebhookSubscription(Guid Id) : IRequest<Result<Done>>;

internal sealed class DeleteWebhookSubscriptionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete("/v1/webhooks/subscriptions/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new DeleteWebhookSubscription(id), token).ToNoContent())
        .Described(nameof(DeleteWebhookSubscription), "Mettre fin à un abonnement", "End a subscription")
        .Noted("Les livraisons encore en attente sont annulées.", "Deliveries still waiting are cancelled.")
        .Refuses(WebhookSubscriptionErrors.Unknown, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.WebhooksManage)
        .Produces(StatusCodes.Status204NoContent);
}

internal sealed class DeleteWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<DeleteWebhookSubscription, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeleteWebhookSubscription request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookSubscription>(request.Id, cancellationToken) is not { } subscription || !subscription.IsVisibleTo(actor.Id))
        {
            return WebhookSubscriptionErrors.Unknown;
        }

        var deleted = subscription.Delete(time.GetUtcNow());
        session.Update(deleted);
        await session.PublishAsync(new WebhookSubscriptionEnded(deleted.Id, deleted.StatusSince));
        await session.PublishAsync(new PersonalDataErased(subscription.Id, time.GetUtcNow()));
        return await session.CommitAsync(Done.Value, cancellationToken);
    }
}
