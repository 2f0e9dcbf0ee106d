using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>Lists immersions, oldest first.</summary>
internal sealed record ListImmersions(
    [property: Described("Seulement celles de cette candidature", "Only those of this candidature")] Guid? CandidatureId,
    [property: Described("Seulement celles de ce café", "Only those of this café")] Guid? HostCafeId,
    [property: Described("Seulement celles qui en sont là", "Only those that stand there")] ImmersionStatus? Status,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<ImmersionView>>>, IListRequest;

internal sealed class ListImmersionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/immersions", ([AsParameters] ListImmersions query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListImmersions), "Lister les immersions", "List the immersions")
        .Answers<Page<ImmersionView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Gerant);
}

internal sealed class ListImmersionsValidator : ListValidator<ListImmersions>;

internal sealed class ListImmersionsHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor) : IRequestHandler<ListImmersions, Result<Page<ImmersionView>>>
{
    public async Task<Result<Page<ImmersionView>>> Handle(ListImmersions request, CancellationToken cancellationToken)
    {
        var immersions = session.Query<Immersion>(request);
        if (request.CandidatureId is { } candidature)
        {
            immersions = immersions.OfCandidature(candidature);
        }

        if (request.HostCafeId is { } hostCafe)
        {
            immersions = immersions.Where(one => one.HostCafeId == hostCafe);
        }

        if (request.Status is { } status)
        {
            immersions = immersions.Where(one => one.Status == status);
        }

        return await immersions.ToPageAsync(request, immersion => ImmersionView.Of(immersion, actor.Holder!), cancellationToken);
    }
}
