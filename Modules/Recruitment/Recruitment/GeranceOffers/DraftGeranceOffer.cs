using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Writes an offer for a commune, or for a café of it; nobody else sees it before it is published.</summary>
internal sealed record DraftGeranceOffer(
    [property: Described("Code INSEE ; celui d'une commune fusionnée désigne la commune actuelle", "INSEE code; that of a merged commune means the present one", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Le café, s'il existe déjà", "The café, if there is one already")] Guid? CafeId = null,
    [property: Described("Titre de l'annonce", "Title of the offer", Example = "\"Gérance du café de Sénergues\"")] string? Title = null,
    [property: Described("Modèle du café", "Model of the café", Example = "\"entrepreneurial\"")] CafeModel? Model = null,
    [property: Described("Le logement", "The housing")] OfferHousingView? Housing = null,
    [property: Described("Rémunération garantie par mois, en centimes d'euro ; inutile pour des bénévoles", "Remuneration guaranteed a month, in cents of euros; not needed for volunteers", Example = "150000")] int? GuaranteedRemunerationCents = null,
    [property: Described("Jour de la reprise ou de l'ouverture", "Day of the takeover or of the opening", Example = "\"2027-04-01\"")] DateOnly? StartsOn = null,
    [property: Described("Ce que cherche la commune, dans ses mots", "What the commune looks for, in its words", Example = "\"Des personnes qui aiment accueillir.\"")] string? LookingFor = null,
    [property: Described("Services attendus", "Services expected", Example = "[\"breadDepot\", \"postPoint\"]")] IReadOnlyList<CafeService>? ServicesExpected = null,
    [property: Described("Dernier jour pour répondre, en France ; deux mois après la publication par défaut", "Last day to answer, in France; two months after the publication by default", Example = "\"2027-03-01\"")] DateOnly? ExpiresOn = null) : IRequest<Result<GeranceOfferView>>, IOfferContent;

internal sealed class DraftGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerance-offers", (DraftGeranceOffer body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(offer => $"/v1/recruitment/gerance-offers/{offer.Id}"))
        .Described(nameof(DraftGeranceOffer), "Préparer une offre de gérance", "Draft a gérance offer")
        .Noted("Un brouillon peut être incomplet : `missing` dit ce qu'il faut encore avant de publier.",
            "A draft may be incomplete: `missing` tells what is still needed before publishing.")
        .Answers<GeranceOfferView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.UnknownCommune)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class DraftGeranceOfferValidator : OfferContentValidator<DraftGeranceOffer>
{
    public DraftGeranceOfferValidator() => RuleFor(offer => offer.InseeCode).IsInseeCode();
}

internal sealed class DraftGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<DraftGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(DraftGeranceOffer request, CancellationToken cancellationToken)
    {
        if (communes.Find(request.InseeCode) is not { Commune: { } commune })
        {
            return GeranceOfferErrors.UnknownCommune;
        }

        var now = time.GetUtcNow();
        var offer = GeranceOffer.Draft(Guid.CreateVersion7(now), OfferPlace.Of(commune, request.CafeId), request.Facts(), actor.Id, now);
        session.Insert(offer);
        return await session.CommitAsync(GeranceOfferView.Of(offer), cancellationToken);
    }
}
