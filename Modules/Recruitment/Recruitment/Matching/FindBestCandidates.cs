using Carter;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Matching;

/// <summary>The candidates an offer may be proposed for, local ones first, each with its reasons.</summary>
internal sealed record FindBestCandidates(
    [property: Described("Identifiant de l'offre", "Id of the offer")][property: FromRoute] Guid Id,
    [property: Described(Ranking.UpdatedSinceFrench, Ranking.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<BestCandidateView>>>, IListRequest;

/// <summary>A candidate for an offer, and why they stand where they do.</summary>
[ShownAs(nameof(GerantCandidature))]
internal sealed record BestCandidateView(
    [property: Described("Identifiant de la candidature", "Id of the candidature")] Guid Id,
    [property: Described("Nom", "Name", Example = "\"Camille Exemple\"")][property: PersonalData] string Name,
    [property: Described("Commune de résidence", "Commune of residence", Example = "\"Sénergues\"")][property: PersonalData] string CommuneName,
    [property: Described("Département de résidence", "Département of residence", Example = "\"12\"")][property: PersonalData] string Departement,
    [property: Described("L'étape de la candidature", "The stage of the candidature")] GerantStage Stage,
    [property: Described("Disponible à partir de ce jour", "Available from this day", Example = "\"2026-09-01\"")][property: PersonalData] DateOnly? AvailableFrom,
    [property: Described("La proximité, dont dépend l'ordre", "How near they live, which decides the order")] Closeness Closeness,
    [property: Described("Les raisons", "The reasons")] IReadOnlyList<MatchReasonView> Reasons);

internal sealed class FindBestCandidatesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerance-offers/{id:guid}/best-candidates", ([AsParameters] FindBestCandidates query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(FindBestCandidates), "Chercher les meilleurs candidats d'une offre", "Find the best candidates for an offer")
        .Noted("Les candidats locaux d'abord : même commune, même département, même antenne, ailleurs ; puis les plus anciens. Ni l'expérience, ni le diplôme, ni les observations n'y entrent.",
            "Local candidates first: same commune, same département, same antenne, elsewhere; then the oldest. Neither experience nor diploma nor observations enter into it.")
        .Answers<Page<BestCandidateView>>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class FindBestCandidatesValidator() : ListValidator<FindBestCandidates>(cursor => Ranking.TryParse(typeof(FindBestCandidates), cursor, out _, out _));

internal sealed class FindBestCandidatesHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, Antennes antennes)
    : IRequestHandler<FindBestCandidates, Result<Page<BestCandidateView>>>
{
    public async Task<Result<Page<BestCandidateView>>> Handle(FindBestCandidates request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GeranceOffer>(request.Id, cancellationToken) is not { } offer)
        {
            return GeranceOfferErrors.Unknown;
        }

        var around = Surroundings.Of(offer.InseeCode, offer.Departement, communes, antennes);
        return await session.ToRankingAsync(
            request, around, (closeness, departement) => In(closeness, departement, around), one => View(one, offer, around), cancellationToken);
    }

    private IQueryable<GerantCandidature> In(Closeness closeness, string? departement, Surroundings around)
    {
        var (codes, near, all) = (around.Codes.ToArray(), around.Near, session.Query<GerantCandidature>());
        return closeness switch
        {
            Closeness.SameCommune => all.Where(CommuneFilter.IsOneOf<GerantCandidature>(one => one.FreeInseeCode, codes)),
            Closeness.Elsewhere => GerantCandidature.FreeOnes(all).Where(one => !one.FreeDepartement!.IsOneOf(near) && !one.FreeInseeCode!.IsOneOf(codes)),
            _ => all.Where(one => one.FreeDepartement == departement && !one.FreeInseeCode!.IsOneOf(codes)),
        };
    }

    private BestCandidateView View(GerantCandidature candidature, GeranceOffer offer, Surroundings around)
    {
        var (applicant, closeness) = (candidature.Applicant, around.ClosenessOf(candidature.Applicant.InseeCode, candidature.Applicant.Departement));
        return new(
            candidature.Id, applicant.Name, applicant.CommuneName, applicant.Departement, candidature.Stage, applicant.AvailableFrom, closeness,
            MatchReasonView.Of(candidature, offer, closeness, antennes));
    }
}
