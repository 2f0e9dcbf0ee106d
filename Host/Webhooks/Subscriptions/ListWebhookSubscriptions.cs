using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Lists the key's own subscriptions, oldest first.</summary>
internal sealed record ListWebhookSubscriptions(
    [property: Described("Éléments par page, de 1 à 200 ; 50 par défaut", "Items a page, from 1 to 200; 50 by default")] int? Limit,
    [property: Described("Curseur donné par la page précédente", "Cursor given by the page before")] string? After) : IRequest<Result<Page<WebhookSubscriptionView>>>;

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

internal sealed class ListWebhookSubscriptionsValidator : AbstractValidator<ListWebhookSubscriptions>
{
    public ListWebhookSubscriptionsValidator()
    {
        RuleFor(query => query.Limit).InclusiveBetween(1, Paging.MaximumLimit);
        RuleFor(query => query.After).Cursor();
    }
}

internal sealed class ListWebhookSubscriptionsHandler(ModuleSession<IWebhooksStore> session, CurrentActor actor)
    : IRequestHandler<ListWebhookSubscriptions, Result<Page<WebhookSubscriptionView>>>
{
    public async Task<Result<Page<WebhookSubscriptionView>>> Handle(ListWebhookSubscriptions request, CancellationToken cancellationToken)
    {
        var owner = actor.Id;
        return await session.Query<WebhookSubscription>()
            .Where(subscription => subscription.Owner == owner && subscription.Status != WebhookSubscriptionStatus.Deleted)
            .ToPageAsync(request.Limit, request.After, WebhookSubscriptionView.Of, cancellationToken);
    }
}
