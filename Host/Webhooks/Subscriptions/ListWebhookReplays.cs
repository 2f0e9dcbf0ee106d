using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Lists the replays to the key's own subscriptions, oldest first.</summary>
internal sealed record ListWebhookReplays(
    [property: Described("Seulement ceux de cet abonnement", "Only those of this subscription")] Guid? SubscriptionId,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<WebhookReplayView>>>, IListRequest;

internal sealed class ListWebhookReplaysEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/webhooks/replays", ([AsParameters] ListWebhookReplays query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListWebhookReplays), "Lister les renvois d'événements", "List replays of events")
        .Noted("Ceux des trente derniers jours.", "Those of the last thirty days.")
        .Answers<Page<WebhookReplayView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ListWebhookReplaysValidator : ListValidator<ListWebhookReplays>;

internal sealed class ListWebhookReplaysHandler(ModuleSession<IWebhooksStore> session) : IRequestHandler<ListWebhookReplays, Result<Page<WebhookReplayView>>>
{
    public async Task<Result<Page<WebhookReplayView>>> Handle(ListWebhookReplays request, CancellationToken cancellationToken)
    {
        var replays = session.Query<WebhookReplay>(request);
        if (request.SubscriptionId is { } subscription)
        {
            replays = replays.Where(replay => replay.SubscriptionId == subscription);
        }

        return await replays.ToPageAsync(request, WebhookReplayView.Of, cancellationToken);
    }
}
