using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Replaces what an offer says; a published one has to stay complete.</summary>
internal sealed record ChangeGeranceOffer(
    Guid Id,
    string? Title,
    CafeModel? Model,
    OfferHousingView? Housing,
    int? GuaranteedRemunerationCents,
    DateOnly? StartsOn,
    string? LookingFor,
    IReadOnlyList<CafeService>? ServicesExpected,
    DateOnly? ExpiresOn) : IRequest<Result<GeranceOfferView>>, IOfferContent;

internal sealed record ChangeGeranceOfferBody(
    [property: Described("Titre de l'annonce", "Title of the offer", Example = "\"Gérance du café de Sénergues\"")] string? Title = null,
    [property: Described("Modèle du café", "Model of the café", Example = "\"entrepreneurial\"")] CafeModel? Model = null,
    [property: Described("Le logement", "The housing")] OfferHousingView? Housing = null,
    [property: Described("Rémunération garantie par mois, en centimes d'euro ; inutile pour des bénévoles", "Remuneration guaranteed a month, in cents of euros; not needed for volunteers", Example = "150000")] int? GuaranteedRemunerationCents = null,
    [property: Described("Jour de la reprise ou de l'ouverture", "Day of the takeover or of the opening", Example = "\"2027-04-01\"")] DateOnly? StartsOn = null,
    [property: Described("Ce que cherche la commune, dans ses mots", "What the commune looks for, in its words", Example = "\"Des personnes qui aiment accueillir.\"")] string? LookingFor = null,
    [property: Described("Services attendus", "Services expected", Example = "[\"breadDepot\", \"postPoint\"]")] IReadOnlyList<CafeService>? ServicesExpected = null,
    [property: Described("Dernier jour pour répondre, en France ; deux mois après la publication par défaut", "Last day to answer, in France; two months after the publication by default", Example = "\"2027-03-01\"")] DateOnly? ExpiresOn = null)
{
    public ChangeGeranceOffer Of(Guid id) => new(id, Title, Model, Housing, GuaranteedRemunerationCents, StartsOn, LookingFor, ServicesExpected, ExpiresOn);
}

internal sealed class ChangeGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut("/v1/recruitment/gerance-offers/{id:guid}", (Guid id, ChangeGeranceOfferBody body, ISender sender, CancellationToken token) =>
            sender.Send(body.Of(id), token).ToHttp())
        .Described(nameof(ChangeGeranceOffer), "Modifier une offre de gérance", "Change a gérance offer")
        .Noted("Une offre publiée doit rester complète ; les abonnés l'apprennent (`recruitment.gerance-offer.changed`).",
            "A published offer has to stay complete; the subscribers are told (`recruitment.gerance-offer.changed`).")
        .Answers<GeranceOfferView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.AlreadyFilled, GeranceOfferErrors.Incomplete, GeranceOfferErrors.ExpiryPassed,
            CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ChangeGeranceOfferValidator : OfferContentValidator<ChangeGeranceOffer>;

internal sealed class ChangeGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ChangeGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(ChangeGeranceOffer request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<GeranceOffer>(
            request.Id,
            GeranceOfferErrors.Unknown,
            offer => offer.Change(request.Facts(), LocalDays.Of(now), actor.Id, now),
            cancellationToken,
            publish: changed => changed.ToChanged());
        return decision.Select(GeranceOfferView.Of);
    }
}
