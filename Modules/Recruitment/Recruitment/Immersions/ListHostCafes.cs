using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>Lists host cafés, oldest first.</summary>
internal sealed record ListHostCafes(
    [property: Described("Seulement ceux de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement ceux qui accueillent encore, ou les autres", "Only those that still take in, or the others")] bool? Open,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<HostCafeView>>>, IListRequest;

internal sealed class ListHostCafesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/host-cafes", ([AsParameters] ListHostCafes query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListHostCafes), "Lister les cafés d'accueil", "List the host cafés")
        .Answers<Page<HostCafeView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Gerant);
}

internal sealed class ListHostCafesValidator : ListValidator<ListHostCafes>
{
    public ListHostCafesValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.Departement).KnownDepartement(communes);
    }
}

internal sealed class ListHostCafesHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes) : IRequestHandler<ListHostCafes, Result<Page<HostCafeView>>>
{
    public async Task<Result<Page<HostCafeView>>> Handle(ListHostCafes request, CancellationToken cancellationToken)
    {
        var cafes = session.Query<HostCafe>(request);
        if (communes.FindDepartement(request.Departement)?.Code is { } departement)
        {
            cafes = cafes.Where(one => one.Departement == departement);
        }

        if (request.Open is { } open)
        {
            cafes = cafes.Where(one => one.IsOpen == open);
        }

        return await cafes.ToPageAsync(request, HostCafeView.Of, cancellationToken);
    }
}
