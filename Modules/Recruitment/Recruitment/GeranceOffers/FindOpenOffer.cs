using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Shows one open offer; no key is needed.</summary>
internal sealed record FindOpenOffer(Guid Id) : IRequest<Result<OpenOfferView>>;

internal sealed class FindOpenOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(OpenOffers.Address + "/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindOpenOffer(id), token).ToHttp())
        .Described(nameof(FindOpenOffer), "Lire une offre ouverte", "Read an open offer")
        .Noted("Sans clé. 410 quand l'offre a été publiée et ne l'est plus.", "Without a key. 410 when the offer was published and no longer is.")
        .Answers<OpenOfferView>()
        .Refuses(GeranceOfferErrors.Unknown, GeranceOfferErrors.NoLongerOpen)
        .AllowAnonymous();
}

internal sealed class FindOpenOfferHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, TimeProvider time)
    : IRequestHandler<FindOpenOffer, Result<OpenOfferView>>
{
    public async Task<Result<OpenOfferView>> Handle(FindOpenOffer request, CancellationToken cancellationToken) =>
        (await session.FindOpenAsync(request.Id, LocalDays.Of(time.GetUtcNow()), cancellationToken)).Select(offer => OpenOfferView.Of(offer, communes));
}
