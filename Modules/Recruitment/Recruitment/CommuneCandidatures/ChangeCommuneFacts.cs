using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The commune, or the team for it, fills the questionnaire in anew.</summary>
internal sealed record ChangeCommuneFacts : CandidatureQuestionnaire, IRequest<Result<CommuneCandidatureView>>
{
    public ChangeCommuneFacts(Guid id, CandidatureQuestionnaire facts)
        : base(facts) => Id = id;

    public Guid Id { get; }
}

internal sealed record ChangeCommuneFactsBody : CandidatureQuestionnaire;

internal sealed class ChangeCommuneFactsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut("/v1/recruitment/commune-candidatures/{id:guid}", (Guid id, ChangeCommuneFactsBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ChangeCommuneFacts(id, body), token).ToHttp())
        .Described(nameof(ChangeCommuneFacts), "Corriger les faits d'une candidature", "Change the facts of a candidature")
        .Noted("Tous les faits sont remplacés. L'éligibilité et la priorité sont recalculées, et ce qui était jugé avant reste lisible.",
            "All the facts are replaced. Eligibility and priority are computed anew, and what was judged before can still be read.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.AlreadyOpen, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write");
}

internal sealed class ChangeCommuneFactsValidator(TimeProvider time) : CandidatureQuestionnaireValidator<ChangeCommuneFacts>(time);

internal sealed class ChangeCommuneFactsHandler(ModuleSession<IRecruitmentStore> session, CandidatureGrounds grounds, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ChangeCommuneFacts, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(ChangeCommuneFacts request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<CommuneCandidature>(request.Id, cancellationToken) is not { } before)
        {
            return CommuneCandidatureErrors.Unknown;
        }

        var ground = grounds.Of(before);
        var other = await session.FindOpenAsync(ground.Commune.InseeCode, request.Id, cancellationToken);
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.ChangeFacts(request.ToFacts(), ground, other, actor.Id, time.GetUtcNow()),
            cancellationToken,
            onDuplicate: CommuneCandidatureErrors.AlreadyOpen);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
