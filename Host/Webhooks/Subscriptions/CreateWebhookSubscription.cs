using Carter;
using FluentValidation;
using FluentValidation.Results;
using Marten;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Asks for some types of event to be sent to an address.</summary>
internal sealed record CreateWebhookSubscription(
    [property: Described("L'adresse qui recevra les événements, en https", "The address that is to receive the events, with https", Example = "\"https://partenaire.example/webhooks\"")] string? Url,
    [property: Described("Types exacts, `recruitment.*` pour un module entier, ou `*`", "Exact types, `recruitment.*` for a whole module, or `*`", Example = "[\"recruitment.*\"]")] IReadOnlyList<string>? EventTypes,
    [property: Described("À quoi sert l'abonnement", "What the subscription is for", Example = "\"Annonces de gérance\"")] string? Description = null) : IRequest<Result<CreatedWebhookSubscription>>;

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
    public CreateWebhookSubscriptionValidator(WebhookSettings settings)
    {
        RuleFor(request => request.Url).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(2_000).Custom((url, context) =>
        {
            if (EndpointAddress.Check(url!, settings.AllowLoopback) is { } refusal)
            {
                context.AddFailure(new ValidationFailure(context.PropertyPath, refusal.Text) { ErrorCode = refusal.Code });
            }
        });
        RuleFor(request => request.EventTypes).NotEmpty().Must(types => types is null || types.Count <= 50)
            .WithErrorCode("too_many").WithMessage(_ => Language.Choose("50 types au plus.", "50 types at most."));
        RuleForEach(request => request.EventTypes).Must(type => type is not null && EventCatalogue.Knows(type))
            .WithErrorCode("unknown_event_type").WithMessage(_ => Language.Choose("Ce type d'événement n'existe pas.", "There is no such type of event."));
        RuleFor(request => request.Description).MaximumLength(500);
    }
}

internal sealed class CreateWebhookSubscriptionHandler(ModuleSession<IWebhooksStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<CreateWebhookSubscription, Result<CreatedWebhookSubscription>>
{
    private const int MaximumSubscriptions = 100;

    public async Task<Result<CreatedWebhookSubscription>> Handle(CreateWebhookSubscription request, CancellationToken cancellationToken)
    {
        var owner = actor.Id;
        var count = await session.Query<WebhookSubscription>()
            .CountAsync(other => other.Owner == owner && other.Status != WebhookSubscriptionStatus.Deleted, cancellationToken);
        if (count >= MaximumSubscriptions)
        {
            return WebhookSubscriptionErrors.TooMany;
        }

        var now = time.GetUtcNow();
        var subscription = new WebhookSubscription
        {
            Id = Guid.CreateVersion7(now),
            Owner = owner,
            Url = request.Url!,
            EventTypes = [.. request.EventTypes!.Distinct()],
            Description = request.Description,
            Secret = WebhookSignature.NewSecret(),
            CreatedAt = now,
        };
        session.Insert(subscription);
        return await session.CommitAsync(new CreatedWebhookSubscription(subscription), cancellationToken);
    }
}
