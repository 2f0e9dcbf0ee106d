using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Presentations;

/// <summary>Shows one presentation.</summary>
internal sealed record FindPresentation(Guid Id) : IRequest<Result<PresentationView>>;

internal sealed class FindPresentationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/presentations/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindPresentation(id), token).ToHttp())
        .Described(nameof(FindPresentation), "Lire une présentation", "Read a presentation")
        .Answers<PresentationView>()
        .Refuses(PresentationErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Mairie);
}

internal sealed class FindPresentationHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor) : IRequestHandler<FindPresentation, Result<PresentationView>>
{
    public async Task<Result<PresentationView>> Handle(FindPresentation request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Presentation>(request.Id, cancellationToken) is { } found ? PresentationView.Of(found, actor.Holder!) : PresentationErrors.Unknown;
}
