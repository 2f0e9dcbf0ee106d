using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Lists the offers that candidates may answer, oldest first; no key is needed.</summary>
internal sealed record ListOpenOffers(
    [property: Described("Seulement celles de cette commune", "Only those of this commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement celles de ce modèle", "Only those of this model")] CafeModel? Model,
    [property: Described("Seulement celles avec un logement, ou les autres", "Only those with housing, or the others")] bool? Housing,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<OpenOfferView>>>, IListRequest;

internal sealed class ListOpenOffersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(OpenOffers.Address, ([AsParameters] ListOpenOffers query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListOpenOffers), "Lister les offres ouvertes", "List the open offers")
        .Noted("Sans clé. Avec `updatedSince`, `ended` dit aussi celles qui ne sont plus ouvertes.",
            "Without a key. With `updatedSince`, `ended` also tells those that are no longer open.")
        .Answers<Page<OpenOfferView>>()
        .Refuses(CommonErrors.Malformed)
        .AllowAnonymous();
}

internal sealed class ListOpenOffersValidator : ListValidator<ListOpenOffers>
{
    public ListOpenOffersValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.InseeCode).KnownCommune(communes);
        RuleFor(query => query.Departement).KnownDepartement(communes);
    }
}

internal sealed class ListOpenOffersHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, TimeProvider time)
    : IRequestHandler<ListOpenOffers, Result<Page<OpenOfferView>>>
{
    public async Task<Result<Page<OpenOfferView>>> Handle(ListOpenOffers request, CancellationToken cancellationToken)
    {
        var today = LocalDays.Of(time.GetUtcNow());
        var offers = session.Query<GeranceOffer>(request);
        if (request.UpdatedSince is null)
        {
            offers = offers.Where(offer => offer.Status == GeranceOfferStatus.Published && offer.Facts.ExpiresOn >= today);
        }

        offers = offers.InCommune(communes, request.InseeCode, offer => offer.InseeCode);

        if (communes.FindDepartement(request.Departement)?.Code is { } departement)
        {
            offers = offers.Where(offer => offer.Departement == departement);
        }

        if (request.Model is { } model)
        {
            offers = offers.Where(offer => offer.Facts.Model == model);
        }

        if (request.Housing is { } housing)
        {
            offers = offers.Where(offer => offer.Facts.Housing!.Provided == housing);
        }

        var page = await offers.ToPageAsync(request, offer => offer, cancellationToken);
        var open = page.Items.ToLookup(offer => offer.IsOpenOn(today));
        return new Page<OpenOfferView>(
            [.. open[true].Select(offer => OpenOfferView.Of(offer, communes))],
            page.Next,
            page.Ended is { } ended ? [.. ended, .. open[false].Select(Tombstone)] : null);
    }

    private static Tombstone Tombstone(GeranceOffer offer) => new(offer.Id, offer.Revision, offer.EndedAt ?? LocalDays.End(offer.Facts.ExpiresOn!.Value));
}
