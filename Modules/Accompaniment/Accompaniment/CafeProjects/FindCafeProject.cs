using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Accompaniment.CafeProjects;

/// <summary>Shows one project.</summary>
internal sealed record FindCafeProject(Guid Id) : IRequest<Result<CafeProjectView>>;

internal sealed class FindCafeProjectEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/accompaniment/projects/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindCafeProject(id), token).ToHttp())
        .Described(nameof(FindCafeProject), "Lire un projet de café", "Read a café project")
        .Answers<CafeProjectView>()
        .Refuses(CafeProjectErrors.Unknown)
        .RequireScope("accompaniment:read");
}

internal sealed class FindCafeProjectHandler(ModuleSession<IAccompanimentStore> session) : IRequestHandler<FindCafeProject, Result<CafeProjectView>>
{
    public async Task<Result<CafeProjectView>> Handle(FindCafeProject request, CancellationToken cancellationToken) =>
        await session.LoadAsync<CafeProject>(request.Id, cancellationToken) is { } project
            ? CafeProjectView.Of(project)
            : CafeProjectErrors.Unknown;
}
