using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>Lists the deliveries to the key's own subscriptions with their attempts, oldest first.</summary>
internal sealed record ListWebhookDeliveries(
    [property: Described("Seulement celles de cet abonnement", "Only those of this subscription")] Guid? SubscriptionId,
    [property: Described("Seulement celles qui en sont là", "Only those that stand there")] WebhookDeliveryStatus? Status,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<WebhookDeliveryView>>>, IListRequest;

internal sealed class ListWebhookDeliveriesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/webhooks/deliveries", ([AsParameters] ListWebhookDeliveries query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListWebhookDeliveries), "Lister les livraisons et leurs essais", "List deliveries and their attempts")
        .Answers<Page<WebhookDeliveryView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ListWebhookDeliveriesValidator : ListValidator<ListWebhookDeliveries>
{
    public ListWebhookDeliveriesValidator()
    {
        RuleFor(query => query.Status).IsInEnum();
    }
}

internal sealed class ListWebhookDeliveriesHandler(ModuleSession<IWebhooksStore> session, CurrentActor actor)
    : IRequestHandler<ListWebhookDeliveries, Result<Page<WebhookDeliveryView>>>
{
    public async Task<Result<Page<WebhookDeliveryView>>> Handle(ListWebhookDeliveries request, CancellationToken cancellationToken)
    {
        var owner = actor.Id;
        var deliveries = session.Query<WebhookDelivery>(request).Where(delivery => delivery.Owner == owner);
        if (request.SubscriptionId is { } subscription)
        {
            deliveries = deliveries.Where(delivery => delivery.SubscriptionId == subscription);
        }

        if (request.Status is { } status)
        {
            deliveries = deliveries.Where(delivery => delivery.Status == status);
        }

        return await deliveries.ToPageAsync(request, WebhookDeliveryView.Of, cancellationToken);
    }
}
