using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Shows one candidature.</summary>
internal sealed record FindCommuneCandidature(Guid Id) : IRequest<Result<CommuneCandidatureView>>;

internal sealed class FindCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/commune-candidatures/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindCommuneCandidature(id), token).ToHttp())
        .Described(nameof(FindCommuneCandidature), "Lire une candidature", "Read a candidature")
        .Answers<CommuneCandidatureView>()
        .Refuses(CommuneCandidatureErrors.Unknown)
        .RequireScope("recruitment:read");
}

internal sealed class FindCommuneCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor)
    : IRequestHandler<FindCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(FindCommuneCandidature request, CancellationToken cancellationToken) =>
        await session.LoadAsync<CommuneCandidature>(request.Id, cancellationToken) is { } candidature
            ? CommuneCandidatureView.Of(candidature, actor.Holder!)
            : CommuneCandidatureErrors.Unknown;
}
