using Marten;
using Microsoft.AspNetCore.Http;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>What several public pages need of offers.</summary>
internal static class OpenOffers
{
    public const string Address = "/v1/recruitment/open-offers";

    // Readers of feeds come back often, and keep what they have read
    private const int NewestCount = 100;

    /// <summary>Where the host is reached, as the request knows it.</summary>
    public static string SiteOf(HttpRequest request) => $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";

    /// <summary>Where people read an offer.</summary>
    public static string PageOf(GeranceOffer offer, string site) => $"{site}{Address}/{offer.Id}/page";

    /// <summary>The newest open offers, newest first.</summary>
    public static Task<IReadOnlyList<GeranceOffer>> NewestAsync(
        this ModuleSession<IRecruitmentStore> session, string? departement, CommuneRegistry communes, DateOnly today, CancellationToken token)
    {
        var offers = session.Query<GeranceOffer>().Where(offer => offer.Status == GeranceOfferStatus.Published && offer.Facts.ExpiresOn >= today);
        if (communes.FindDepartement(departement)?.Code is { } code)
        {
            offers = offers.Where(offer => offer.Departement == code);
        }

        return offers.OrderByDescending(offer => offer.PublishedAt).Take(NewestCount).ToListAsync(token);
    }

    /// <summary>An offer that anybody can read; whoever comes too late is told so.</summary>
    public static async Task<Result<GeranceOffer>> FindOpenAsync(this ModuleSession<IRecruitmentStore> session, Guid id, DateOnly today, CancellationToken token) =>
        await session.LoadAsync<GeranceOffer>(id, token) switch
        {
            null => GeranceOfferErrors.Unknown,
            var offer when !offer.IsOpenOn(today) => GeranceOfferErrors.NoLongerOpen,
            var offer => offer,
        };
}
