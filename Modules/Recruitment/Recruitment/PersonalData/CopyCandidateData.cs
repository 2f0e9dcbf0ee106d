using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The team makes the copy that a candidate asked for.</summary>
internal sealed record CopyCandidateData(Guid Id) : IRequest<Result<CandidateCopyView>>;

internal sealed class CopyCandidateDataEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerant-candidatures/{id:guid}/copy", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new CopyCandidateData(id), token).ToHttp())
        .Described(nameof(CopyCandidateData), "Copier les données d'un candidat", "Copy a candidate's data")
        .Noted("Tout ce que cette candidature dit de la personne, à lui remettre ; celles que nomme `possibleDuplicates` se copient chacune à leur tour, si elles sont bien d'elle. La lecture est notée dans le journal d'audit.",
            "All that this candidature says of the person, to be handed to them; those that `possibleDuplicates` names are copied each in turn, if they are indeed theirs. The reading is noted in the audit.")
        .Answers<CandidateCopyView>()
        .Refuses(GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged)
        .RequireScope(Holder.PersonalDataRead, HolderKind.Staff);
}

internal sealed class CopyCandidateDataHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time) : IRequestHandler<CopyCandidateData, Result<CandidateCopyView>>
{
    public async Task<Result<CandidateCopyView>> Handle(CopyCandidateData request, CancellationToken cancellationToken) =>
        await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is { } candidature
            ? await CandidateCopyView.MakeAsync(session, candidature, actor.Holder!, time.GetUtcNow(), cancellationToken, await session.DuplicatesOfAsync(candidature, cancellationToken))
            : await session.MissingAsync(request.Id, cancellationToken);
}
