using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Gives a subscription a new secret; the one before signs beside it for a while, so that no delivery fails.</summary>
internal sealed record RotateWebhookSecret(Guid Id, SignatureScheme? Signature, int? OverlapHours) : IRequest<Result<CreatedWebhookSubscription>>;

internal sealed record RotateWebhookSecretBody(
    [property: Described("`v1` ou `v1a` ; la même qu'avant si rien n'est dit", "`v1` or `v1a`; as before when nothing is said")] SignatureScheme? Signature = null,
    [property: Described("Combien d'heures l'ancien secret signe encore ; 24 par défaut, 0 s'il a fui", "For how many hours the former secret still signs; 24 by default, 0 when it has leaked", Example = "24")] int? OverlapHours = null);

internal sealed class RotateWebhookSecretEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhooks/subscriptions/{id:guid}/secret-rotation", (Guid id, RotateWebhookSecretBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new RotateWebhookSecret(id, body?.Signature, body?.OverlapHours), token).ToHttp())
        .Described(nameof(RotateWebhookSecret), "Changer le secret d'un abonnement", "Rotate a subscription's secret")
        .Noted("Le nouveau secret n'est donné que dans cette réponse. D'ici là, chaque envoi porte les deux signatures.",
            "The new secret is given in this answer only. Meanwhile every delivery carries both signatures.")
        .Answers<CreatedWebhookSubscription>()
        .Refuses(CommonErrors.Malformed, WebhookSubscriptionErrors.Unknown, CommonErrors.ChangedMeanwhile)
        .RequireScope(Scopes.WebhooksManage);
}

internal sealed class RotateWebhookSecretValidator : AbstractValidator<RotateWebhookSecret>
{
    public RotateWebhookSecretValidator() => RuleFor(request => request.OverlapHours).InclusiveBetween(0, 168);
}

internal sealed class RotateWebhookSecretHandler(ModuleSession<IWebhooksStore> session, Subscriber subscriber, SecretSeal seal, TimeProvider time)
    : IRequestHandler<RotateWebhookSecret, Result<CreatedWebhookSubscription>>
{
    private const int DefaultOverlapHours = 24;

    public async Task<Result<CreatedWebhookSubscription>> Handle(RotateWebhookSecret request, CancellationToken cancellationToken)
    {
        var (now, secret) = (time.GetUtcNow(), WebhookSignature.NewSecret());
        var until = now.AddHours(request.OverlapHours ?? DefaultOverlapHours);
        var decision = await session.DecideAsync<WebhookSubscription>(
            request.Id,
            WebhookSubscriptionErrors.Unknown,
            subscription => subscription.For(subscriber.Id).Select(own =>
                own.Rotate(SigningKey.Of(request.Signature ?? own.Keys[0].Scheme, secret, seal, own.Id), until, now)),
            cancellationToken);
        return decision.Select(subscription => new CreatedWebhookSubscription(subscription, secret));
    }
}
