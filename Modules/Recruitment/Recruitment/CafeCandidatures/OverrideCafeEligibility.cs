using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The team lets a café be accepted although a criterion is not met.</summary>
internal sealed record OverrideCafeEligibility(Guid Id, string Reason) : IRequest<Result<CafeCandidatureView>>;

internal sealed record OverrideCafeEligibilityBody(
    [property: Described("Motif", "Reason", Example = "\"Le café voisin a rouvert.\"")] string? Reason);

internal sealed class OverrideCafeEligibilityEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/cafe-candidatures/{id:guid}/eligibility-override", (Guid id, OverrideCafeEligibilityBody body, ISender sender, CancellationToken token) =>
            sender.Send(new OverrideCafeEligibility(id, body.Reason!), token).ToHttp())
        .Described(nameof(OverrideCafeEligibility), "Déroger à l'éligibilité d'un café", "Override the eligibility of a café")
        .Noted("Le motif écrit est obligatoire et reste dans l'historique ; la candidature peut ensuite être acceptée.",
            "The written reason is required and stays in the history; the candidature can then be accepted.")
        .Answers<CafeCandidatureView>()
        .Refuses(CommonErrors.Malformed, CafeCandidatureErrors.Unknown, CafeCandidatureErrors.AlreadyEligible, CafeCandidatureErrors.AlreadyAccepted,
            CafeCandidatureErrors.AlreadyDeclined, CafeCandidatureErrors.AlreadyWithdrawn, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class OverrideCafeEligibilityValidator : AbstractValidator<OverrideCafeEligibility>
{
    public OverrideCafeEligibilityValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class OverrideCafeEligibilityHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<OverrideCafeEligibility, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(OverrideCafeEligibility request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<CafeCandidature>(
            request.Id,
            CafeCandidatureErrors.Unknown,
            candidature => candidature.OverrideEligibility(request.Reason, actor.Id, now),
            cancellationToken);
        return decision.Select(candidature => CafeCandidatureView.Of(candidature, actor.Holder!));
    }
}
