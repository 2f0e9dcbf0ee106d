using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>Shows one immersion.</summary>
internal sealed record FindImmersion(Guid Id) : IRequest<Result<ImmersionView>>;

internal sealed class FindImmersionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/immersions/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindImmersion(id), token).ToHttp())
        .Described(nameof(FindImmersion), "Lire une immersion", "Read an immersion")
        .Answers<ImmersionView>()
        .Refuses(ImmersionErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Gerant);
}

internal sealed class FindImmersionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor) : IRequestHandler<FindImmersion, Result<ImmersionView>>
{
    public async Task<Result<ImmersionView>> Handle(FindImmersion request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Immersion>(request.Id, cancellationToken) is { } found ? ImmersionView.Of(found, actor.Holder!) : ImmersionErrors.Unknown;
}
