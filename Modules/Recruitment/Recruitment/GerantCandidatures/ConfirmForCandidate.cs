using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The team answers for a candidate who told them, by telephone or otherwise, that it was them.</summary>
internal sealed record ConfirmForCandidate(Guid Id, string Reason) : IRequest<Result<GerantCandidatureView>>;

internal sealed record ConfirmForCandidateBody(
    [property: Described("Comment l'équipe le sait", "How the team knows", Example = "\"Confirmée au téléphone.\"")] string? Reason);

internal sealed class ConfirmForCandidateEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/confirmation-by-team", (Guid id, ConfirmForCandidateBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ConfirmForCandidate(id, body.Reason!), token).ToHttp())
        .Described(nameof(ConfirmForCandidate), "Confirmer au nom du candidat", "Confirm in the candidate's name")
        .Noted("Pour qui n'a pas reçu le mail, ou quand aucun serveur de mail n'est réglé. Le motif reste dans l'historique.",
            "For whoever has not got the mail, or where no mail server is set. The reason stays in the history.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.AlreadyConfirmed, GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ConfirmForCandidateValidator : AbstractValidator<ConfirmForCandidate>
{
    public ConfirmForCandidateValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class ConfirmForCandidateHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ConfirmForCandidate, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(ConfirmForCandidate request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.ActAsync(
            request.Id, candidature => candidature.Confirm(request.Reason, actor.Id, now), cancellationToken,
            publish: confirmed => new GerantCandidatureConfirmed(confirmed.Id, now));
        return decision.Select(confirmed => GerantCandidatureView.Of(confirmed, actor.Holder!));
    }
}
