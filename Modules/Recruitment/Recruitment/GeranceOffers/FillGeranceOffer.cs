using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Somebody was found who did not apply to the network; the offer is no longer open.</summary>
internal sealed record FillGeranceOffer(Guid Id) : IRequest<Result<GeranceOfferView>>;

internal sealed record FillGeranceOfferBody;

internal sealed class FillGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerance-offers/{id:guid}/filling", (Guid id, FillGeranceOfferBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new FillGeranceOffer(id), token).ToHttp())
        .Described(nameof(FillGeranceOffer), "Dire une offre de gérance pourvue", "Say that a gérance offer is filled")
        .Noted("Pour quelqu'un que le réseau n'a pas vu candidater. Refusé quand une candidature est retenue pour l'offre : sa mise en poste la pourvoit d'elle-même.",
            "For somebody who did not apply to the network. Refused when a candidature is retained for the offer: putting it in post fills it by itself.")
        .Answers<GeranceOfferView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.NotPublished, GeranceOfferErrors.AlreadyFilled, PresentationErrors.OfferTaken,
            CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class FillGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<FillGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(FillGeranceOffer request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.EndUnreservedAsync(request.Id, offer => offer.Fill(null, actor.Id, now), filled => filled.ToFilled(), cancellationToken);
        return decision.Select(GeranceOfferView.Of);
    }
}
