using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Shows one offer with its history, drafts included.</summary>
internal sealed record FindGeranceOffer(Guid Id) : IRequest<Result<GeranceOfferView>>;

internal sealed class FindGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerance-offers/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindGeranceOffer(id), token).ToHttp())
        .Described(nameof(FindGeranceOffer), "Lire une offre de gérance", "Read a gérance offer")
        .Noted("Pour l'équipe et les mairies, brouillons compris ; sans clé : `/v1/recruitment/open-offers`.",
            "For the team and the mairies, drafts included; without a key: `/v1/recruitment/open-offers`.")
        .Answers<GeranceOfferView>()
        .Refuses(GeranceOfferErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Mairie);
}

internal sealed class FindGeranceOfferHandler(ModuleSession<IRecruitmentStore> session) : IRequestHandler<FindGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(FindGeranceOffer request, CancellationToken cancellationToken) =>
        await session.LoadAsync<GeranceOffer>(request.Id, cancellationToken) is { } offer
            ? GeranceOfferView.Of(offer)
            : GeranceOfferErrors.Unknown;
}
