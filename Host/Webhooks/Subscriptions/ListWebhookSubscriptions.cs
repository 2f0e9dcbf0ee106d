using Carter;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Lists the key's own subscriptions, oldest first.</summary>
internal sealed record ListWebhookSubscriptions(
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<WebhookSubscriptionView>>>, IListRequest;

internal sealed class ListWebhookSubscriptionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/webhooks/subscriptions", ([AsParameters] ListWebhookSubscriptions query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListWebhookSubscriptions), "Lister ses abonnements", "List one's subscriptions")
        .Answers<Page<WebhookSubscriptionView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ListWebhookSubscriptionsValidator : ListValidator<ListWebhookSubscriptions>;

internal sealed class ListWebhookSubscriptionsHandler(ModuleSession<IWebhooksStore> session)
    : IRequestHandler<ListWebhookSubscriptions, Result<Page<WebhookSubscriptionView>>>
{
    public async Task<Result<Page<WebhookSubscriptionView>>> Handle(ListWebhookSubscriptions request, CancellationToken cancellationToken) =>
        await session.Query<WebhookSubscription>(request).ToPageAsync(request, WebhookSubscriptionView.Of, cancellationToken);
}
