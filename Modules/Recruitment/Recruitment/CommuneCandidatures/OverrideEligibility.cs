using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The team lets a candidature be accepted although a criterion is not met.</summary>
internal sealed record OverrideEligibility(Guid Id, string Reason) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record OverrideEligibilityBody(
    [property: Described("Motif écrit de la dérogation", "Written reason of the override", Example = "\"Le maire élu en mars reprend le dossier.\"")] string? Reason);

internal sealed class OverrideEligibilityEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/eligibility-override", (Guid id, OverrideEligibilityBody body, ISender sender, CancellationToken token) =>
            sender.Send(new OverrideEligibility(id, body.Reason!), token).ToHttp())
        .Described(nameof(OverrideEligibility), "Déroger à l'éligibilité", "Override the eligibility")
        .Noted("Le motif écrit est obligatoire et reste dans l'historique ; la candidature peut ensuite être acceptée.",
            "The written reason is required and stays in the history; the candidature can then be accepted.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.AlreadyEligible, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class OverrideEligibilityValidator : AbstractValidator<OverrideEligibility>
{
    public OverrideEligibilityValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class OverrideEligibilityHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<OverrideEligibility, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(OverrideEligibility request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.OverrideEligibility(request.Reason, actor.Id, time.GetUtcNow()),
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
