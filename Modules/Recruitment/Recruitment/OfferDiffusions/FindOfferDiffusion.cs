using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

/// <summary>Shows one diffusion of an offer.</summary>
internal sealed record FindOfferDiffusion(Guid Id) : IRequest<Result<OfferDiffusionView>>;

internal sealed class FindOfferDiffusionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/offer-diffusions/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindOfferDiffusion(id), token).ToHttp())
        .Described(nameof(FindOfferDiffusion), "Lire une diffusion", "Read a diffusion")
        .Answers<OfferDiffusionView>()
        .Refuses(OfferDiffusionErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Partner);
}

internal sealed class FindOfferDiffusionHandler(ModuleSession<IRecruitmentStore> session) : IRequestHandler<FindOfferDiffusion, Result<OfferDiffusionView>>
{
    public async Task<Result<OfferDiffusionView>> Handle(FindOfferDiffusion request, CancellationToken cancellationToken) =>
        await session.LoadAsync<OfferDiffusion>(request.Id, cancellationToken) is { } diffusion
            ? OfferDiffusionView.Of(diffusion)
            : OfferDiffusionErrors.Unknown;
}
