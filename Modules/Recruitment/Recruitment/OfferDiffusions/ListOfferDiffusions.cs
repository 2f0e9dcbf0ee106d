using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

/// <summary>Lists the diffusions of offers, oldest first.</summary>
internal sealed record ListOfferDiffusions(
    [property: Described("Seulement celles de cette offre", "Only those of this offer")] Guid? OfferId,
    [property: Described("Seulement celles de ce partenaire", "Only those of this partner")] Guid? ClientId,
    [property: Described("Seulement celles qui durent, ou les autres", "Only those that last, or the others")] bool? Open,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<OfferDiffusionView>>>, IListRequest;

internal sealed class ListOfferDiffusionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/offer-diffusions", ([AsParameters] ListOfferDiffusions query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListOfferDiffusions), "Lister les diffusions", "List diffusions")
        .Noted("L'équipe voit toutes les diffusions, un partenaire les siennes.", "The team sees all diffusions, a partner its own.")
        .Answers<Page<OfferDiffusionView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Partner);
}

internal sealed class ListOfferDiffusionsValidator : ListValidator<ListOfferDiffusions>;

internal sealed class ListOfferDiffusionsHandler(ModuleSession<IRecruitmentStore> session) : IRequestHandler<ListOfferDiffusions, Result<Page<OfferDiffusionView>>>
{
    public async Task<Result<Page<OfferDiffusionView>>> Handle(ListOfferDiffusions request, CancellationToken cancellationToken)
    {
        var diffusions = session.Query<OfferDiffusion>(request);
        if (request.OfferId is { } offer)
        {
            diffusions = diffusions.Where(diffusion => diffusion.OfferId == offer);
        }

        if (request.ClientId is { } client)
        {
            diffusions = diffusions.Where(diffusion => diffusion.Partner.ClientId == client);
        }

        diffusions = request.Open switch
        {
            true => diffusions.Where(diffusion => diffusion.IsOpen),
            false => diffusions.Where(diffusion => diffusion.Ended == OfferDiffusion.EndedMark),
            null => diffusions,
        };

        return await diffusions.ToPageAsync(request, OfferDiffusionView.Of, cancellationToken);
    }
}
