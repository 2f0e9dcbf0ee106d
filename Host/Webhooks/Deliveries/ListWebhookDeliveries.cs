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
    [property: Described("Éléments par page, de 1 à 200 ; 50 par défaut", "Items a page, from 1 to 200; 50 by default")] int? Limit,
    [property: Described("Curseur donné par la page précédente", "Cursor given by the page before")] string? After) : IRequest<Result<Page<WebhookDeliveryView>>>;

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

internal sealed class ListWebhookDeliveriesValidator : AbstractValidator<ListWebhookDeliveries>
{
    public ListWebhookDeliveriesValidator()
    {
        RuleFor(query => query.Status).IsInEnum();
        RuleFor(query => query.Limit).InclusiveBetween(1, Paging.MaximumLimit);
        RuleFor(query => query.After).Cursor();
    }
}

internal sealed class ListWebhookDeliveriesHandler(ModuleSession<IWebhooksStore> session, CurrentActor actor)
    : IRequestHandler<ListWebhookDeliveries, Result<Page<WebhookDeliveryView>>>
{
    public async Task<Result<Page<WebhookDeliveryView>>> Handle(ListWebhookDeliveries request, CancellationToken cancellationToken)
    {
        var owner = actor.Id;
        var deliveries = session.Query<WebhookDelivery>().Where(delivery => delivery.Owner == owner);
        if (request.SubscriptionId is { } subscription)
        {
            deliveries = deliveries.Where(delivery => delivery.SubscriptionId == subscription);
        }

        if (request.Status is { } status)
        {
            deliveries = deliveries.Where(delivery => delivery.Status == status);
        }

        return await deliveries.ToPageAsync(request.Limit, request.After, WebhookDeliveryView.Of, cancellationToken);
    }
}
