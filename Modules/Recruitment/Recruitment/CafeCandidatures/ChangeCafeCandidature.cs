using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>Replaces what a café says of itself; its eligibility is judged anew.</summary>
internal sealed record ChangeCafeCandidature(
    Guid Id,
    string? CafeName,
    bool? CarriedByGerant,
    bool? LastCafeOfCommune,
    DedicatedSpace? DedicatedSpace,
    DrinksLicence? Licence,
    IReadOnlyList<CafeYearView>? Years,
    CafeContactView? Contact,
    IReadOnlyList<WeakeningCause>? Causes,
    string? Weakness,
    int? OpenedIn) : IRequest<Result<CafeCandidatureView>>, ICafeContent;

internal sealed record ChangeCafeCandidatureBody(
    [property: Described("Nom du café", "Name of the café", Example = "\"Café de la Place\"")] string? CafeName,
    [property: Described("Le gérant porte le dossier", "The gérant carries the file")] bool? CarriedByGerant,
    [property: Described("C'est le dernier café ouvert de la commune", "It is the last café open in the commune")] bool? LastCafeOfCommune,
    [property: Described("Espace dédié : aucun, café-bar, salon de thé", "Dedicated space: none, café-bar, tea room", Example = "\"cafeBar\"")] DedicatedSpace? DedicatedSpace,
    [property: Described("Licence de débit de boissons", "Licence for drinks", Example = "\"licenceIv\"")] DrinksLicence? Licence,
    [property: Described("Deux années distinctes ; une seule pour un café ouvert l'an dernier ou cette année", "Two distinct years; one for a café that opened last year or this year", Example = CafeContent.Years)] IReadOnlyList<CafeYearView>? Years,
    [property: Described("L'interlocuteur", "The contact")] CafeContactView? Contact,
    [property: Described("Ce qui fragilise le café", "What weakens the café", Example = "[\"isolation\"]")] IReadOnlyList<WeakeningCause>? Causes = null,
    [property: Described("La même chose, en quelques mots", "The same, in a few words", Example = "\"Peu de passage en hiver.\"")] string? Weakness = null,
    [property: Described("Année d'ouverture, pour un café qui n'a pas deux années de chiffres", "Year of opening, for a café that has no figures of two years", Example = "null")] int? OpenedIn = null)
{
    public ChangeCafeCandidature Of(Guid id) => new(id, CafeName, CarriedByGerant, LastCafeOfCommune, DedicatedSpace, Licence, Years, Contact, Causes, Weakness, OpenedIn);
}

internal sealed class ChangeCafeCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut("/v1/recruitment/cafe-candidatures/{id:guid}", (Guid id, ChangeCafeCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(body.Of(id), token).ToHttp())
        .Described(nameof(ChangeCafeCandidature), "Modifier la candidature d'un café", "Change the candidature of a café")
        .Noted("Réservé à qui l'a déposée et à l'équipe. L'éligibilité est recalculée et datée. Ce qui était jugé avant reste lisible. Une dérogation tombe quand un autre critère n'est plus rempli, ou quand tous le sont ; l'historique le dit. Une commune qui a fusionné entre-temps est suivie.",
            "For its sender and the team only. Eligibility is computed anew and dated. What was judged before can still be read. An override lapses when another criterion is not met, or when all are; the history tells it. A commune that has merged meanwhile is followed.")
        .Answers<CafeCandidatureView>()
        .Refuses(CommonErrors.Malformed, CafeCandidatureErrors.Unknown, CafeCandidatureErrors.OfItsSender, CafeCandidatureErrors.UnknownCommune, CafeCandidatureErrors.AlreadyAccepted,
            CafeCandidatureErrors.AlreadyDeclined, CafeCandidatureErrors.AlreadyWithdrawn, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Mairie, HolderKind.Gerant);
}

internal sealed class ChangeCafeCandidatureValidator(TimeProvider time) : CafeContentValidator<ChangeCafeCandidature>(time);

internal sealed class ChangeCafeCandidatureHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ChangeCafeCandidature, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(ChangeCafeCandidature request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CafeCandidature>(
            request.Id,
            CafeCandidatureErrors.Unknown,
            candidature => candidature.For(actor.Holder!).Then<CafeCandidature>(own => communes.Find(own.InseeCode) is { Commune: { } commune }
                ? own.Change(request.Facts(), commune, communes.RegistryYear, actor.Id, time.GetUtcNow())
                : CafeCandidatureErrors.UnknownCommune),
            cancellationToken);
        return decision.IsRefused(out var refused)
            ? refused
            : CafeCandidatureView.Of(decision.Value, actor.Holder!, await session.OtherLastCafesAsync(decision.Value, actor.Holder!, cancellationToken));
    }
}
