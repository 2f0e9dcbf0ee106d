using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Presentations;

/// <summary>The mairie says yes, no or not yet.</summary>
internal sealed record AnswerPresentation(Guid Id, MairieAnswer? Answer, string? Reason, ToldBy? ToldBy) : IRequest<Result<PresentationView>>;

internal sealed record AnswerPresentationBody(
    [property: Described("La réponse", "The answer", Example = "\"yes\"")] MairieAnswer? Answer,
    [property: Described("Le motif", "The reason", Example = "\"Le conseil l'a rencontrée deux fois.\"")] string? Reason,
    [property: Described("Comment l'équipe a su la réponse ; la mairie n'a pas à le dire", "How the team came to know the answer; the mairie need not say it")] ToldBy? ToldBy = null);

internal sealed class AnswerPresentationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/presentations/{id:guid}/answers", (Guid id, AnswerPresentationBody body, ISender sender, CancellationToken token) =>
            sender.Send(new AnswerPresentation(id, body.Answer, body.Reason, body.ToldBy), token).ToHttp())
        .Described(nameof(AnswerPresentation), "Répondre pour la mairie", "Answer for the mairie")
        .Noted("La clé de la mairie répond elle-même ; l'équipe ne note que ce qui lui a été dit, avec `toldBy`. Une réponse peut être suivie d'une autre : toutes sont gardées.",
            "The key of the mairie answers itself; the team notes only what it was told, with `toldBy`. An answer may be followed by another: all are kept.")
        .Answers<PresentationView>()
        .Refuses(CommonErrors.Malformed, PresentationErrors.Unknown, PresentationErrors.Over, PresentationErrors.NotTold, PresentationErrors.ItsOwnAnswer, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Mairie);
}

internal sealed class AnswerPresentationValidator : AbstractValidator<AnswerPresentation>
{
    public AnswerPresentationValidator()
    {
        RuleFor(request => request.Answer).NotNull().IsInEnum();
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
        RuleFor(request => request.ToldBy).IsInEnum();
    }
}

internal sealed class AnswerPresentationHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<AnswerPresentation, Result<PresentationView>>
{
    public async Task<Result<PresentationView>> Handle(AnswerPresentation request, CancellationToken cancellationToken)
    {
        var (by, isMairie, now) = (actor.Id, actor.Holder!.Kind == HolderKind.Mairie, time.GetUtcNow());
        if (await session.LoadAsync<Presentation>(request.Id, cancellationToken) is not { } presentation)
        {
            return PresentationErrors.Unknown;
        }

        // Its answer is awaited as long as the candidate is before it; a selection after this reading has changed the presentation too
        if (await session.LoadAsync<GerantCandidature>(presentation.CandidatureId, cancellationToken) is not { Stage: GerantStage.Presented } candidature)
        {
            return PresentationErrors.Over;
        }

        var decision = presentation.Hear(request.Answer!.Value, request.Reason!, request.ToldBy, isMairie, by, now);
        if (decision.IsRefused(out var refused))
        {
            return refused;
        }

        session.Update(decision.Value);
        // A refusal for what the mairie had said before is told to the candidate: it clashes with another answer
        session.Claim(candidature);
        return await session.CommitAsync(PresentationView.Of(decision.Value, actor.Holder!), cancellationToken);
    }
}
