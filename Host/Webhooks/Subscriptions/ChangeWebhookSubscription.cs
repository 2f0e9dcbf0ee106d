using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Changes what is given of a subscription, and leaves the rest as it is.</summary>
internal sealed record ChangeWebhookSubscription(
    Guid Id, string? Url, IReadOnlyList<string>? EventTypes, string? Description, WebhookFilters? Filters, WebhookFormat? Format, string? ContactEmail)
    : IRequest<Result<WebhookSubscriptionView>>, ISubscriptionFacts;

internal sealed record ChangeWebhookSubscriptionBody(
    [property: Described("L'adresse qui recevra les événements, en https", "The address that is to receive the events, with https", Example = "\"https://partenaire.example/webhooks\"")] string? Url = null,
    [property: Described("Tous les types voulus désormais", "All the types that are wanted from now on", Example = "[\"recruitment.*\"]")] IReadOnlyList<string>? EventTypes = null,
    [property: Described("À quoi sert l'abonnement ; vide l'efface", "What the subscription is for; empty takes it away", Example = "\"Annonces de gérance\"")] string? Description = null,
    [property: Described("Les filtres à changer ; une liste vide en retire un", "The filters to change; an empty list takes one away")] WebhookFilters? Filters = null,
    [property: Described("Événements entiers, ou réduits à leurs identifiants", "Whole events, or their ids only")] WebhookFormat? Format = null,
    [property: Described("Qui prévenir par courriel ; vide l'efface", "Whom to tell by e-mail; empty takes it away", Example = "\"webhooks@partenaire.example\"")] string? ContactEmail = null);

internal sealed class ChangeWebhookSubscriptionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPatch("/v1/webhooks/subscriptions/{id:guid}", (Guid id, ChangeWebhookSubscriptionBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ChangeWebhookSubscription(id, body.Url, body.EventTypes, body.Description, body.Filters, body.Format, body.ContactEmail), token).ToHttp())
        .Described(nameof(ChangeWebhookSubscription), "Modifier un abonnement", "Change a subscription")
        .Noted("Ce qui n'est pas donné, ou est nul, ne change pas. Ce qui attend d'être envoyé part selon les nouveaux réglages.",
            "What is not given, or is null, does not change. What waits to be sent goes by the new settings.")
        .Answers<WebhookSubscriptionView>()
        .Refuses(CommonErrors.Malformed, WebhookSubscriptionErrors.Unknown, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class ChangeWebhookSubscriptionValidator : AbstractValidator<ChangeWebhookSubscription>
{
    public ChangeWebhookSubscriptionValidator(WebhookSettings settings, CommuneRegistry communes)
    {
        RuleFor(request => request.Url).MinimumLength(1);
        RuleFor(request => request.EventTypes).Must(types => types is null || types.Count > 0)
            .WithErrorCode("not_empty").WithMessage(_ => Language.Choose("Il faut au moins un type.", "At least one type is needed."));
        this.CheckFacts(settings, communes);
    }
}

internal sealed class ChangeWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, CommuneRegistry communes, TimeProvider time)
    : IRequestHandler<ChangeWebhookSubscription, Result<WebhookSubscriptionView>>
{
    public async Task<Result<WebhookSubscriptionView>> Handle(ChangeWebhookSubscription request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<WebhookSubscription>(
            request.Id,
            WebhookSubscriptionErrors.Unknown,
            subscription => subscription.For(subscriber.Id).Select(own => own.Change(request, subscriber.MayReadPersonalData, communes)),
            cancellationToken,
            // Who is told no more is forgotten, in the audit too
            publish: changed => request.ContactEmail is "" ? new PersonalDataErased(changed.Id, time.GetUtcNow()) : null);
        return decision.Select(WebhookSubscriptionView.Of);
    }
}
