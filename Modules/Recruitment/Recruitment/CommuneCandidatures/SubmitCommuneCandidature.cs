using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>A commune applies; its eligibility is judged at once, and a candidature that is not eligible is kept with its reasons.</summary>
internal sealed record SubmitCommuneCandidature : CandidatureQuestionnaire, IRequest<Result<CommuneCandidatureView>>
{
    [Described("Code INSEE ; celui d'une commune fusionnée désigne la commune actuelle", "INSEE code; that of a merged commune means the present one", Example = "\"12268\"")]
    public string? InseeCode { get; init; }
}

internal sealed class SubmitCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures", (SubmitCommuneCandidature body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(candidature => $"/v1/recruitment/commune-candidatures/{candidature.Id}"))
        .Described(nameof(SubmitCommuneCandidature), "Déposer la candidature d'une commune", "Submit the candidature of a commune")
        .Noted("L'éligibilité et la priorité sont calculées aussitôt. Une candidature non éligible est conservée, avec ses raisons.",
            "Eligibility and priority are computed at once. A candidature that is not eligible is kept, with its reasons.")
        .Answers<CommuneCandidatureView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, CommuneCandidatureErrors.UnknownCommune, CommuneCandidatureErrors.AlreadyOpen)
        .RequireScope("recruitment:write");
}

internal sealed class SubmitCommuneCandidatureValidator : CandidatureQuestionnaireValidator<SubmitCommuneCandidature>
{
    public SubmitCommuneCandidatureValidator(TimeProvider time)
        : base(time) => RuleFor(request => request.InseeCode).IsInseeCode();
}

internal sealed class SubmitCommuneCandidatureHandler(
    ModuleSession<IRecruitmentStore> session, CandidatureGrounds grounds, CurrentActor actor, TimeProvider time)
    : IRequestHandler<SubmitCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(SubmitCommuneCandidature request, CancellationToken cancellationToken)
    {
        if (grounds.Find(request.InseeCode) is not { } ground)
        {
            return CommuneCandidatureErrors.UnknownCommune;
        }

        if (await session.FindOpenAsync(ground.Commune.InseeCode, null, cancellationToken) is not null)
        {
            return CommuneCandidatureErrors.AlreadyOpen;
        }

        var now = time.GetUtcNow();
        var candidature = CommuneCandidature.Submit(Guid.CreateVersion7(now), ground, request.ToFacts(), actor.Id, now);
        session.Insert(candidature);
        return await session.CommitAsync(CommuneCandidatureView.Of(candidature, actor.Holder!), cancellationToken, CommuneCandidatureErrors.AlreadyOpen);
    }
}
