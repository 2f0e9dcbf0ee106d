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

/// <summary>The open offers for a candidate, the nearest first, each with its reasons.</summary>
internal sealed record FindBestOffers(
    [property: Described("Identifiant de la candidature", "Id of the candidature")][property: FromRoute] Guid Id,
    [property: Described(Ranking.UpdatedSinceFrench, Ranking.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<BestOfferView>>>, IListRequest;

/// <summary>An offer for a candidate, and why it stands where it does.</summary>
internal sealed record BestOfferView(
    [property: Described("Identifiant de l'offre", "Id of the offer")] Guid Id,
    [property: Described("Titre de l'offre", "Title of the offer", Example = "\"Tenir le café de Sénergues\"")] string? Title,
    [property: Described("Code INSEE de la commune du café", "INSEE code of the commune of the café", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom de la commune", "Name of the commune", Example = "\"Sénergues\"")] string CommuneName,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement,
    [property: Described("Jour de la reprise", "Day the café is taken over", Example = "\"2026-09-01\"")] DateOnly? StartsOn,
    [property: Described("La proximité, dont dépend l'ordre", "How near it is, which decides the order")] Closeness Closeness,
    [property: Described("Les raisons", "The reasons")] IReadOnlyList<MatchReasonView> Reasons);

internal sealed class FindBestOffersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerant-candidatures/{id:guid}/best-offers", ([AsParameters] FindBestOffers query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(FindBestOffers), "Chercher les meilleures offres d'un candidat", "Find the best offers for a candidate")
        .Noted("Les plus proches d'abord : même commune, même département, même antenne, ailleurs ; puis les plus anciennes ; une raison dit celles qui sont réservées à un autre candidat. Ni l'expérience, ni le diplôme, ni les observations n'y entrent.",
            "The nearest first: same commune, same département, same antenne, elsewhere; then the oldest; a reason tells those that are reserved for another candidate. Neither experience nor diploma nor observations enter into it.")
        .Answers<Page<BestOfferView>>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class FindBestOffersValidator() : ListValidator<FindBestOffers>(cursor => Ranking.TryParse(typeof(FindBestOffers), cursor, out _, out _));

internal sealed class FindBestOffersHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, Antennes antennes, TimeProvider time)
    : IRequestHandler<FindBestOffers, Result<Page<BestOfferView>>>
{
    public async Task<Result<Page<BestOfferView>>> Handle(FindBestOffers request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is not { } candidature)
        {
            return await session.MissingAsync(request.Id, cancellationToken);
        }

        var around = Surroundings.Of(candidature.Applicant.InseeCode, candidature.Applicant.Departement, communes, antennes);
        var ranking = await session.ToRankingAsync(
            request, around, (closeness, departement) => In(closeness, departement, around), offer => View(candidature, offer, around), cancellationToken);
        Guid[] shown = [.. ranking.Items.Select(offer => offer.Id)];
        var held = await session.Query<GerantCandidature>().HoldersOf(shown).ToListAsync(cancellationToken);
        var reserved = held.Where(other => other.Id != candidature.Id).Select(other => other.HeldOfferId!.Value).ToHashSet();
        return ranking with { Items = [.. ranking.Items.Select(offer => reserved.Contains(offer.Id) ? offer with { Reasons = [.. offer.Reasons, MatchReasonView.Of(MatchReason.Reserved)] } : offer)] };
    }

    private IQueryable<GeranceOffer> In(Closeness closeness, string? departement, Surroundings around)
    {
        var (codes, near, today) = (around.Codes.ToArray(), around.Near, LocalDays.Of(time.GetUtcNow()));
        var open = session.Query<GeranceOffer>().Where(offer => offer.Status == GeranceOfferStatus.Published && offer.Facts.ExpiresOn >= today);
        return closeness switch
        {
            Closeness.SameCommune => open.Where(CommuneFilter.IsOneOf<GeranceOffer>(offer => offer.InseeCode, codes)),
            Closeness.Elsewhere => open.Where(offer => !offer.Departement.IsOneOf(near) && !offer.InseeCode.IsOneOf(codes)),
            _ => open.Where(offer => offer.Departement == departement && !offer.InseeCode.IsOneOf(codes)),
        };
    }

    private BestOfferView View(GerantCandidature candidature, GeranceOffer offer, Surroundings around)
    {
        var closeness = around.ClosenessOf(offer.InseeCode, offer.Departement);
        return new(
            offer.Id, offer.Facts.Title, offer.InseeCode, offer.CommuneName, offer.Departement, offer.Facts.StartsOn, closeness,
            MatchReasonView.Of(candidature, offer, closeness, antennes));
    }
}
