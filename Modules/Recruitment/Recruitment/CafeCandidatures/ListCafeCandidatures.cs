using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Organisations;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>Lists the candidatures of cafés, oldest first.</summary>
internal sealed record ListCafeCandidatures(
    [property: Described("Seulement celles qui en sont là", "Only those that stand there")] CafeCandidatureStatus? Status,
    [property: Described("Seulement celles de cette commune", "Only those of this commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement celles de ce café", "Only those of this café", Example = "\"73282932000074\"")] string? Siret,
    [property: Described("Seulement les éligibles, ou les autres", "Only the eligible ones, or the others")] bool? Eligible,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<CafeCandidatureView>>>, IListRequest;

internal sealed class ListCafeCandidaturesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/cafe-candidatures", ([AsParameters] ListCafeCandidatures query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListCafeCandidatures), "Lister les candidatures des cafés", "List the candidatures of cafés")
        .Answers<Page<CafeCandidatureView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Mairie, HolderKind.Gerant);
}

internal sealed class ListCafeCandidaturesValidator : ListValidator<ListCafeCandidatures>
{
    public ListCafeCandidaturesValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.InseeCode).KnownCommune(communes);
        RuleFor(query => query.Departement).KnownDepartement(communes);
        RuleFor(query => query.Siret).MaximumLength(30).IsSiret();
    }
}

internal sealed class ListCafeCandidaturesHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor)
    : IRequestHandler<ListCafeCandidatures, Result<Page<CafeCandidatureView>>>
{
    public async Task<Result<Page<CafeCandidatureView>>> Handle(ListCafeCandidatures request, CancellationToken cancellationToken)
    {
        var candidatures = session.Query<CafeCandidature>(request);
        if (request.Status is { } status)
        {
            candidatures = candidatures.Where(candidature => candidature.Status == status);
        }

        candidatures = candidatures.InCommune(communes, request.InseeCode, candidature => candidature.InseeCode);

        if (communes.FindDepartement(request.Departement)?.Code is { } departement)
        {
            candidatures = candidatures.Where(candidature => candidature.Departement == departement);
        }

        if (Siret.TryParse(request.Siret, out var siret))
        {
            var number = siret.Value;
            candidatures = candidatures.Where(candidature => candidature.Siret == number);
        }

        if (request.Eligible is { } eligible)
        {
            var key = CommuneCandidature.KeyOf(eligible);
            candidatures = candidatures.Where(candidature => candidature.EligibleKey == key);
        }

        var holder = actor.Holder!;
        return await candidatures.ToPageAsync(request, candidature => CafeCandidatureView.Of(candidature, holder), cancellationToken);
    }
}
