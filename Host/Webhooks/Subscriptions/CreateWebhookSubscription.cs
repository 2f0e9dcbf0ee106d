using Carter;
using FluentValidation;
using Marten;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Asks for some types of event to be sent to an address.</summary>
internal sealed record CreateWebhookSubscription(
    [property: Described("L'adresse qui recevra les événements, en https", "The address that is to receive the events, with https", Example = "\"https://partenaire.example/webhooks\"")] string? Url,
    [property: Described("Types exacts, `recruitment.*` pour un module entier, ou `*`", "Exact types, `recruitment.*` for a whole module, or `*`", Example = "[\"recruitment.*\"]")] IReadOnlyList<string>? EventTypes,
    [property: Described("À quoi sert l'abonnement", "What the subscription is for", Example = "\"Annonces de gérance\"")] string? Description = null,
    [property: Described("Ne recevoir que ce qui concerne ces lieux, ces cafés, ces programmes", "Get only what is about these places, cafés, programmes")] WebhookFilters? Filters = null,
    [property: Described("Événements entiers (`full`, par défaut), ou identifiants et adresse seulement (`thin`)", "Whole events (`full`, the default), or ids and address only (`thin`)")] WebhookFormat? Format = null,
    [property: Described("`v1` (HMAC-SHA256, par défaut) ou `v1a` (Ed25519)", "`v1` (HMAC-SHA256, the default) or `v1a` (Ed25519)")] SignatureScheme? Signature = null,
    [property: Described("Qui prévenir par courriel si l'abonnement est suspendu", "Whom to tell by e-mail if the subscription is disabled", Example = "\"webhooks@partenaire.example\"")] string? ContactEmail = null)
    : IRequest<Result<CreatedWebhookSubscription>>, ISubscriptionFacts;

internal sealed class CreateWebhookSubscriptionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhooks/subscriptions", (CreateWebhookSubscription body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(subscription => $"/v1/webhooks/subscriptions/{subscription.Id}"))
        .Described(nameof(CreateWebhookSubscription), "S'abonner à des événements", "Subscribe to events")
        .Noted("Le secret qui vérifie les signatures (Standard Webhooks) n'est donné que dans cette réponse.",
            "The secret that verifies the signatures (Standard Webhooks) is given in this answer only.")
        .Answers<CreatedWebhookSubscription>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, WebhookSubscriptionErrors.TooMany)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class CreateWebhookSubscriptionValidator : AbstractValidator<CreateWebhookSubscription>
{
    public CreateWebhookSubscriptionValidator(WebhookSettings settings, CommuneRegistry communes)
    {
        RuleFor(request => request.Url).NotEmpty();
        RuleFor(request => request.EventTypes).NotEmpty();
        this.CheckFacts(settings, communes);
    }
}

internal sealed class CreateWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, SecretSeal seal, CommuneRegistry communes, TimeProvider time)
    : IRequestHandler<CreateWebhookSubscription, Result<CreatedWebhookSubscription>>
{
    private const int MaximumSubscriptions = 100;

    public async Task<Result<CreatedWebhookSubscription>> Handle(CreateWebhookSubscription request, CancellationToken cancellationToken)
    {
        var owner = subscriber.Id;
        var count = await session.Query<WebhookSubscription>()
            .CountAsync(other => other.Owner == owner && other.Status != WebhookSubscriptionStatus.Deleted, cancellationToken);
        if (count >= MaximumSubscriptions)
        {
            return WebhookSubscriptionErrors.TooMany;
        }

        var (now, secret) = (time.GetUtcNow(), WebhookSignature.NewSecret());
        var id = Guid.CreateVersion7(now);
        var subscription = new WebhookSubscription
        {
            Id = id,
            Owner = owner,
            Url = request.Url!,
            EventTypes = [],
            Keys = [SigningKey.Of(request.Signature ?? SignatureScheme.V1, secret, seal, id)],
            CreatedAt = now,
            StatusSince = now,
        }.Change(request, subscriber.MayReadPersonalData, communes);
        session.Insert(subscription);
        return await session.CommitAsync(new CreatedWebhookSubscription(subscription, secret), cancellationToken);
    }
}
