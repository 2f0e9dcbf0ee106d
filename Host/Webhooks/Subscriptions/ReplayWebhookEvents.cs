using Carter;
using FluentValidation;
using Marten;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Sends a subscription every event since an instant that it wants, once more.</summary>
internal sealed record ReplayWebhookEvents(Guid Id, DateTimeOffset? Since) : IRequest<Result<WebhookReplayView>>;

internal sealed record ReplayWebhookEventsBody(
    [property: Described("Depuis quand : trente jours au plus, et pas dans l'avenir", "Since when: thirty days ago at most, and not in the future", Example = DescribedAttribute.Yesterday)] DateTimeOffset? Since);

internal sealed class ReplayWebhookEventsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhooks/subscriptions/{id:guid}/replay", (Guid id, ReplayWebhookEventsBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ReplayWebhookEvents(id, body.Since), token).ToAccepted(replay => $"/v1/webhooks/replays/{replay.Id}"))
        .Described(nameof(ReplayWebhookEvents), "Renvoyer tous les événements depuis un instant", "Send all events since an instant again")
        .Noted("Ils arrivent par centaines à la fois, chacun sous son `webhook-id` d'origine : ceux que vous avez déjà se reconnaissent. `Location` dit où en est le renvoi.",
            "They come some hundreds at a time, each with its original `webhook-id`: those that you have can be told. `Location` tells how far the replay is.")
        .Answers<WebhookReplayView>(StatusCodes.Status202Accepted)
        .Refuses(
            CommonErrors.Malformed, WebhookSubscriptionErrors.Unknown, WebhookSubscriptionErrors.Disabled, WebhookEventErrors.CursorTooOld,
            WebhookSubscriptionErrors.ReplayUnderWay, WebhookSubscriptionErrors.TooManyWaiting, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ReplayWebhookEventsValidator : AbstractValidator<ReplayWebhookEvents>
{
    public ReplayWebhookEventsValidator(TimeProvider time)
    {
        RuleFor(request => request.Since).NotNull();
        RuleFor(request => request.Since).Passed(time);
    }
}

internal sealed class ReplayWebhookEventsHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, WebhookSettings settings, TimeProvider time)
    : IRequestHandler<ReplayWebhookEvents, Result<WebhookReplayView>>
{
    public async Task<Result<WebhookReplayView>> Handle(ReplayWebhookEvents request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<WebhookSubscription>(request.Id, cancellationToken) is not { } subscription || !subscription.IsVisibleTo(subscriber.Id))
        {
            return WebhookSubscriptionErrors.Unknown;
        }

        if (!subscription.MayBeDisabled)
        {
            return WebhookSubscriptionErrors.Disabled;
        }

        var now = time.GetUtcNow();
        if (request.Since < now - settings.Retention)
        {
            return WebhookEventErrors.CursorTooOld;
        }

        var underWay = await session.Query<WebhookReplay>().Where(one => one.UnderWayTo == subscription.Id).Select(one => one.Id).FirstOrDefaultAsync(cancellationToken);
        var before = await session.LoadAsync<WebhookReplay>(underWay, cancellationToken);
        if (before?.IsSilent(now) is false)
        {
            return WebhookSubscriptionErrors.ReplayUnderWay;
        }

        if (await session.Query<WebhookDelivery>().HasManyAskedForAsync(subscription.Id, cancellationToken))
        {
            return WebhookSubscriptionErrors.TooManyWaiting;
        }

        if (before is not null)
        {
            session.Update(before.End(WebhookReplayStatus.Stopped, now));
        }

        var replay = WebhookReplay.Of(subscription, request.Since!.Value, now);
        session.Insert(replay);
        await session.PublishAsync(new ContinueWebhookReplay(subscription.Id, replay.Id, replay.Since, replay.Until, Guid.Empty));
        return await session.CommitAsync(WebhookReplayView.Of(replay), cancellationToken, onDuplicate: WebhookSubscriptionErrors.ReplayUnderWay);
    }
}
