using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Shows one gérant's candidature, to the team with those that may be of the same person.</summary>
internal sealed record FindGerantCandidature(Guid Id) : IRequest<Result<GerantCandidatureView>>;

internal sealed class FindGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerant-candidatures/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindGerantCandidature(id), token).ToHttp())
        .Described(nameof(FindGerantCandidature), "Lire la candidature d'un gérant", "Read a gérant's candidature")
        .Noted("Un partenaire lit celles qu'il a transmises ; une mairie, celles qui lui ont été présentées. D'une candidature réunie à une autre, il reste l'étape de celle-ci et son identifiant (`mergedInto`).",
            "A partner reads those that it sent; a mairie, those that were presented to it. Of a candidature that was merged into another, the stage of that one and its id (`mergedInto`) remain.")
        .Answers<GerantCandidatureView>()
        .Refuses(GerantCandidatureErrors.Unknown)
        .RequireScope("recruitment:read");
}

internal sealed class FindGerantCandidatureHandler(ModuleSession<IRecruitmentStore> session, MergedCandidatures merged, CurrentActor actor)
    : IRequestHandler<FindGerantCandidature, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(FindGerantCandidature request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is not { } candidature)
        {
            return await FindMergedAsync(request.Id, cancellationToken);
        }

        var holder = actor.Holder!;
        return GerantCandidatureView.Of(candidature, holder, holder.IsStaff ? await session.DuplicatesOfAsync(candidature, cancellationToken) : null);
    }

    // Who sent it goes on reading its stage; what the other one says of the person is for those who may see that one. A mairie learns that it ended, and not where it goes on
    private async Task<Result<GerantCandidatureView>> FindMergedAsync(Guid id, CancellationToken token) =>
        actor.Holder!.Kind != HolderKind.Mairie && await session.LoadEndedAsync<GerantCandidature>(id, token) is { MergedInto: not null } ended && await merged.SurvivorOfAsync(id, token) is { DeletedAt: null } survivor
            ? GerantCandidatureView.OfMerged(ended, survivor, actor.Holder!)
            : GerantCandidatureErrors.Unknown;
}
