using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The team has the candidature judged again, by the registry and the weights in force.</summary>
internal sealed record ReevaluateCommuneCandidature(Guid Id) : IRequest<Result<CommuneCandidatureView>>;

internal sealed class ReevaluateCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/eligibility-evaluation", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new ReevaluateCommuneCandidature(id), token).ToHttp())
        .Described(nameof(ReevaluateCommuneCandidature), "Réévaluer l'éligibilité", "Evaluate the eligibility again")
        .Noted("Une commune qui a fusionné entre-temps est suivie : la candidature passe à la commune nouvelle, et le dit.",
            "A commune that has merged meanwhile is followed: the candidature passes to its successor, and says so.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.AlreadyOpen, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ReevaluateCommuneCandidatureHandler(ModuleSession<IRecruitmentStore> session, CandidatureGrounds grounds, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ReevaluateCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(ReevaluateCommuneCandidature request, CancellationToken cancellationToken)
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
            candidature => candidature.Reevaluate(ground, other, actor.Id, time.GetUtcNow()),
            cancellationToken,
            onDuplicate: CommuneCandidatureErrors.AlreadyOpen);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
