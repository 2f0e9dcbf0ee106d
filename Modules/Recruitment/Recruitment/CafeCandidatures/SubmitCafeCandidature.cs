using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Organisations;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>An existing café applies; its eligibility is judged at once, and a candidature that is not eligible is kept with its reasons.</summary>
internal sealed record SubmitCafeCandidature(
    [property: Described("SIRET du café ; des blancs peuvent séparer ses chiffres", "SIRET of the café; blanks may separate its digits", Example = "\"73282932000074\"")] string? Siret,
    [property: Described("Code INSEE ; celui d'une commune fusionnée désigne la commune actuelle", "INSEE code; that of a merged commune means the present one", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Nom du café", "Name of the café", Example = "\"Café de la Place\"")] string? CafeName,
    [property: Described("Le gérant porte le dossier", "The gérant carries the file")] bool? CarriedByGerant,
    [property: Described("C'est le dernier café ouvert de la commune", "It is the last café open in the commune")] bool? LastCafeOfCommune,
    [property: Described("Espace dédié : aucun, café-bar, salon de thé", "Dedicated space: none, café-bar, tea room", Example = "\"cafeBar\"")] DedicatedSpace? DedicatedSpace,
    [property: Described("Licence de débit de boissons", "Licence for drinks", Example = "\"licenceIv\"")] DrinksLicence? Licence,
    [property: Described("Deux années distinctes ; une seule pour un café ouvert l'an dernier ou cette année", "Two distinct years; one for a café that opened last year or this year", Example = CafeContent.Years)] IReadOnlyList<CafeYearView>? Years,
    [property: Described("L'interlocuteur", "The contact")] CafeContactView? Contact,
    [property: Described("Ce qui fragilise le café", "What weakens the café", Example = "[\"isolation\"]")] IReadOnlyList<WeakeningCause>? Causes = null,
    [property: Described("La même chose, en quelques mots", "The same, in a few words", Example = "\"Peu de passage en hiver.\"")] string? Weakness = null,
    [property: Described("Année d'ouverture, pour un café qui n'a pas deux années de chiffres", "Year of opening, for a café that has no figures of two years", Example = "null")] int? OpenedIn = null) : IRequest<Result<CafeCandidatureView>>, ICafeContent;

internal sealed class SubmitCafeCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/cafe-candidatures", (SubmitCafeCandidature body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(candidature => $"/v1/recruitment/cafe-candidatures/{candidature.Id}"))
        .Described(nameof(SubmitCafeCandidature), "Déposer la candidature d'un café", "Submit the candidature of a café")
        .Noted("L'éligibilité est calculée aussitôt. Une candidature non éligible est conservée, avec ses raisons.",
            "Eligibility is computed at once. A candidature that is not eligible is kept, with its reasons.")
        .Answers<CafeCandidatureView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, CafeCandidatureErrors.UnknownCommune, CafeCandidatureErrors.AlreadyOpen)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Mairie, HolderKind.Gerant);
}

internal sealed class SubmitCafeCandidatureValidator : CafeContentValidator<SubmitCafeCandidature>
{
    public SubmitCafeCandidatureValidator(TimeProvider time)
        : base(time)
    {
        RuleFor(request => request.Siret).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(30).IsSiret();
        RuleFor(request => request.InseeCode).IsInseeCode();
    }
}

internal sealed class SubmitCafeCandidatureHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<SubmitCafeCandidature, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(SubmitCafeCandidature request, CancellationToken cancellationToken)
    {
        if (communes.Find(request.InseeCode) is not { Commune: { } commune } || !Siret.TryParse(request.Siret, out var siret))
        {
            return CafeCandidatureErrors.UnknownCommune;
        }

        var number = siret.Value;
        if (await session.Query<CafeCandidature>().AnyAsync(other => other.OpenSiret == number, cancellationToken))
        {
            return CafeCandidatureErrors.AlreadyOpen;
        }

        var now = time.GetUtcNow();
        var candidature = CafeCandidature.Submit(Guid.CreateVersion7(now), siret, commune, communes.RegistryYear, request.Facts(), actor.Holder!.ClientId, now);
        session.Insert(candidature);
        return await session.CommitAsync(CafeCandidatureView.Of(candidature, actor.Holder!), cancellationToken, CafeCandidatureErrors.AlreadyOpen);
    }
}
