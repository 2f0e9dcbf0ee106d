using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The mairie, or the team for it, answers what was to be corrected.</summary>
internal sealed record AnswerCommuneCorrections(Guid Id, string Answer) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record AnswerCommuneCorrectionsBody(
    [property: Described("La réponse", "The answer", Example = "\"Le local a 65 m².\"")] string? Answer);

internal sealed class AnswerCommuneCorrectionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/correction-answer", (Guid id, AnswerCommuneCorrectionsBody body, ISender sender, CancellationToken token) =>
            sender.Send(new AnswerCommuneCorrections(id, body.Answer!), token).ToHttp())
        .Described(nameof(AnswerCommuneCorrections), "Répondre aux corrections", "Answer the corrections")
        .Noted("Les faits eux-mêmes se changent par un `PUT` de la candidature.",
            "The facts themselves are changed by a `PUT` of the candidature.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.NoCorrectionsPending, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write");
}

internal sealed class AnswerCommuneCorrectionsValidator : AbstractValidator<AnswerCommuneCorrections>
{
    public AnswerCommuneCorrectionsValidator() => RuleFor(request => request.Answer).NotEmpty().MaximumLength(4_000);
}

internal sealed class AnswerCommuneCorrectionsHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<AnswerCommuneCorrections, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(AnswerCommuneCorrections request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.AnswerCorrections(request.Answer, actor.Id, time.GetUtcNow()),
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
