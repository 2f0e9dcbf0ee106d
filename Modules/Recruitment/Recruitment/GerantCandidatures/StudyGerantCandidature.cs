using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The team has read the candidature.</summary>
internal sealed record StudyGerantCandidature(Guid Id, string? Reason) : IRequest<Result<GerantCandidatureView>>;

internal sealed record StudyGerantCandidatureBody(
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"Dossier complet.\"")] string? Reason = null);

internal sealed class StudyGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/study", (Guid id, StudyGerantCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new StudyGerantCandidature(id, body?.Reason), token).ToHttp())
        .Described(nameof(StudyGerantCandidature), "Étudier une candidature", "Study a candidature")
        .Noted("Première étape après la réception.",
            "The first stage after it came.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed,
            GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class StudyGerantCandidatureValidator : AbstractValidator<StudyGerantCandidature>
{
    public StudyGerantCandidatureValidator() => RuleFor(request => request.Reason).MaximumLength(4_000);
}

internal sealed class StudyGerantCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<StudyGerantCandidature, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(StudyGerantCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.ActAsync(
            request.Id, candidature => candidature.MoveTo(GerantStage.Studied, request.Reason, actor.Id, now), cancellationToken,
            publish: moved => new MailCandidateStage(moved.Id, now),
            along: (moved, documents) => documents.FollowAsync(new(moved, actor.Id, now), cancellationToken));
        return decision.Select(moved => GerantCandidatureView.Of(moved, actor.Holder!));
    }
}
