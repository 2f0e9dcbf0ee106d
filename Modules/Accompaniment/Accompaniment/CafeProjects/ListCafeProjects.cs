using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Accompaniment.CafeProjects;

/// <summary>Lists projects, oldest first.</summary>
internal sealed record ListCafeProjects(
    [property: Described("Seulement ceux de cette commune", "Only those of this commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<CafeProjectView>>>, IListRequest;

internal sealed class ListCafeProjectsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/accompaniment/projects", ([AsParameters] ListCafeProjects query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListCafeProjects), "Lister les projets de café", "List café projects")
        .Answers<Page<CafeProjectView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("accompaniment:read");
}

internal sealed class ListCafeProjectsValidator : ListValidator<ListCafeProjects>
{
    public ListCafeProjectsValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.InseeCode).KnownCommune(communes);
    }
}

internal sealed class ListCafeProjectsHandler(ModuleSession<IAccompanimentStore> session, CommuneRegistry communes)
    : IRequestHandler<ListCafeProjects, Result<Page<CafeProjectView>>>
{
    public async Task<Result<Page<CafeProjectView>>> Handle(ListCafeProjects request, CancellationToken cancellationToken)
    {
        var projects = session.Query<CafeProject>(request);
        projects = projects.InCommune(communes, request.InseeCode, project => project.InseeCode);

        return await projects.ToPageAsync(request, CafeProjectView.Of, cancellationToken);
    }
}
