using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>Shows one host café.</summary>
internal sealed record FindHostCafe(Guid Id) : IRequest<Result<HostCafeView>>;

internal sealed class FindHostCafeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/host-cafes/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindHostCafe(id), token).ToHttp())
        .Described(nameof(FindHostCafe), "Lire un café d'accueil", "Read a host café")
        .Answers<HostCafeView>()
        .Refuses(HostCafeErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Gerant);
}

internal sealed class FindHostCafeHandler(ModuleSession<IRecruitmentStore> session) : IRequestHandler<FindHostCafe, Result<HostCafeView>>
{
    public async Task<Result<HostCafeView>> Handle(FindHostCafe request, CancellationToken cancellationToken) =>
        await session.LoadAsync<HostCafe>(request.Id, cancellationToken) is { } found ? HostCafeView.Of(found) : HostCafeErrors.Unknown;
}
