using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Opens an offer to candidates; anybody can read it from now on.</summary>
internal sealed record PublishGeranceOffer(Guid Id) : IRequest<Result<GeranceOfferView>>;

internal sealed record PublishGeranceOfferBody;

internal sealed class PublishGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerance-offers/{id:guid}/publication", (Guid id, PublishGeranceOfferBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new PublishGeranceOffer(id), token).ToHttp())
        .Described(nameof(PublishGeranceOffer), "Publier une offre de gérance", "Publish a gérance offer")
        .Noted("L'offre doit être complète : `errors` dit ce qui manque. Prévient les abonnés (`recruitment.gerance-offer.published`).",
            "The offer has to be complete: `errors` tells what is missing. Tells the subscribers (`recruitment.gerance-offer.published`).")
        .Answers<GeranceOfferView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.AlreadyPublished, GeranceOfferErrors.Ended, GeranceOfferErrors.Incomplete,
            GeranceOfferErrors.ExpiryPassed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class PublishGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, OfferSettings settings, CurrentActor actor, TimeProvider time)
    : IRequestHandler<PublishGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(PublishGeranceOffer request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<GeranceOffer>(
            request.Id,
            GeranceOfferErrors.Unknown,
            offer => offer.Publish(LocalDays.Of(now), settings.OpenDays, actor.Id, now),
            cancellationToken,
            publish: published => published.ToPublished());
        return decision.Select(GeranceOfferView.Of);
    }
}
