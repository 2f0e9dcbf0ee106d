using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Shows how far a replay to one of the key's own subscriptions is.</summary>
internal sealed record FindWebhookReplay(Guid Id) : IRequest<Result<WebhookReplayView>>;

internal sealed class FindWebhookReplayEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/webhooks/replays/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindWebhookReplay(id), token).ToHttp())
        .Described(nameof(FindWebhookReplay), "Suivre un renvoi d'événements", "Follow a replay of events")
        .Answers<WebhookReplayView>()
        .Refuses(WebhookSubscriptionErrors.ReplayUnknown)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class FindWebhookReplayHandler(ModuleSession<IWebhooksStore> session) : IRequestHandler<FindWebhookReplay, Result<WebhookReplayView>>
{
    public async Task<Result<WebhookReplayView>> Handle(FindWebhookReplay request, CancellationToken cancellationToken) =>
        await session.LoadAsync<WebhookReplay>(request.Id, cancellationToken) is { } replay ? WebhookReplayView.Of(replay) : WebhookSubscriptionErrors.ReplayUnknown;
}
