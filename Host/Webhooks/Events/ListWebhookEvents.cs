using Carter;
using FluentValidation;
using Marten;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>Lists what was sent to subscribers, or would have been, in an order that can be followed to the end.</summary>
internal sealed record ListWebhookEvents(
    [property: Described("Type exact, ou famille (`recruitment.*`)", "Exact type, or family (`recruitment.*`)", Example = "\"recruitment.*\"")] string? Type,
    [property: Described("Seulement ceux qui ont été enregistrés depuis cet instant", "Only those recorded since this instant")] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described("Le `cursor` du dernier événement lu, ou le curseur de la page précédente", "The `cursor` of the last event read, or the cursor of the page before")] string? After)
    : IRequest<Result<Page<WebhookEventView>>>, IListRequest;

internal sealed class ListWebhookEventsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/webhooks/events", ([AsParameters] ListWebhookEvents query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListWebhookEvents), "Relire les événements", "Read the events")
        .Noted("Les trente derniers jours, abonnement ou non, de ce que la clé peut lire : qui garde le `cursor` de son dernier événement n'en manque aucun, ou l'apprend par une réponse 410.",
            "The last thirty days, subscribed or not, of what the key may read: whoever keeps the `cursor` of their last event misses none, or is told so with 410.")
        .Answers<Page<WebhookEventView>>()
        .Refuses(CommonErrors.Malformed, WebhookEventErrors.CursorTooOld, WebhookEventErrors.CursorUnknown)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ListWebhookEventsValidator : ListValidator<ListWebhookEvents>
{
    public ListWebhookEventsValidator(FeedCursor cursors)
        : base(cursor => cursors.PlaceOf(cursor) is not null)
    {
        RuleFor(query => query.Type).Must(type => type is null || EventCatalogue.Knows(type))
            .WithErrorCode("unknown_event_type").WithMessage(_ => Language.Choose("Ce type d'événement n'existe pas.", "There is no such type of event."));
    }
}

internal sealed class ListWebhookEventsHandler(
    ModuleSession<IWebhooksStore> session, Subscriber subscriber, EventFeed feed, FeedCursor cursors, WebhookSettings settings, TimeProvider time)
    : IRequestHandler<ListWebhookEvents, Result<Page<WebhookEventView>>>
{
    public async Task<Result<Page<WebhookEventView>>> Handle(ListWebhookEvents request, CancellationToken cancellationToken)
    {
        await feed.ExtendAsync(cancellationToken);
        var (kept, last) = (time.GetUtcNow() - settings.Retention, cursors.PlaceOf(request.After) ?? 0);
        var events = session.Query<WebhookEvent>().Where(news => news.Position > last);
        // After a cursor nothing is left out that is still there, however old it is
        if (request.UpdatedSince > kept || last == 0)
        {
            var since = request.UpdatedSince > kept ? request.UpdatedSince.Value - Paging.LongestCommit : kept;
            events = events.Where(news => news.RecordedAt >= since);
        }

        if (request.Type is { } exact && !exact.EndsWith('*'))
        {
            events = events.Where(news => news.Type == exact);
        }
        else if (request.Type?.TrimEnd('*') is { Length: > 0 } family)
        {
            events = events.Where(news => news.Type.StartsWith(family));
        }

        var size = request.Limit ?? Paging.DefaultLimit;
        var rows = await events.OrderBy(news => news.Position).Take(size + 1).ToListAsync(cancellationToken);
        // Asked after the reading: what was taken out just before it is noticed too
        var refusal = last != 0 ? await feed.RefusalAfterAsync(last, request.Type ?? "*", cancellationToken) : request.UpdatedSince < kept ? WebhookEventErrors.CursorTooOld : null;
        if (refusal is not null)
        {
            return refusal;
        }

        var items = rows.Take(size).Select(news => WebhookEventView.Of(news, subscriber.MayReadPersonalData, cursors)).ToList();
        return new Page<WebhookEventView>(items, rows.Count > size ? items[^1].Cursor : null, request.UpdatedSince is null ? null : []);
    }
}
