using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Lists offers, drafts included, oldest first.</summary>
internal sealed record ListGeranceOffers(
    [property: Described("Seulement celles qui en sont là", "Only those that stand there")] GeranceOfferStatus? Status,
    [property: Described("Seulement celles de cette commune", "Only those of this commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement celles de ce café", "Only those of this café")] Guid? CafeId,
    [property: Described("Seulement celles de ce modèle", "Only those of this model")] CafeModel? Model,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<GeranceOfferView>>>, IListRequest;

internal sealed class ListGeranceOffersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerance-offers", ([AsParameters] ListGeranceOffers query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListGeranceOffers), "Lister les offres de gérance", "List gérance offers")
        .Noted("Pour l'équipe et les mairies, brouillons compris ; sans clé : `/v1/recruitment/open-offers`.",
            "For the team and the mairies, drafts included; without a key: `/v1/recruitment/open-offers`.")
        .Answers<Page<GeranceOfferView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Mairie);
}

internal sealed class ListGeranceOffersValidator : ListValidator<ListGeranceOffers>
{
    public ListGeranceOffersValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.InseeCode).KnownCommune(communes);
        RuleFor(query => query.Departement).KnownDepartement(communes);
    }
}

internal sealed class ListGeranceOffersHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes)
    : IRequestHandler<ListGeranceOffers, Result<Page<GeranceOfferView>>>
{
    public async Task<Result<Page<GeranceOfferView>>> Handle(ListGeranceOffers request, CancellationToken cancellationToken)
    {
        var offers = session.Query<GeranceOffer>(request);
        if (request.Status is { } status)
        {
            offers = offers.Where(offer => offer.Status == status);
        }

        offers = offers.InCommune(communes, request.InseeCode, offer => offer.InseeCode);

        if (communes.FindDepartement(request.Departement)?.Code is { } departement)
        {
            offers = offers.Where(offer => offer.Departement == departement);
        }

        if (request.CafeId is { } cafe)
        {
            offers = offers.Where(offer => offer.CafeId == cafe);
        }

        if (request.Model is { } model)
        {
            offers = offers.Where(offer => offer.Facts.Model == model);
        }

        return await offers.ToPageAsync(request, GeranceOfferView.Of, cancellationToken);
    }
}
