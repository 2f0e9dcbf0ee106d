using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Lists candidatures, oldest first.</summary>
internal sealed record ListCommuneCandidatures(
    [property: Described("Seulement celles qui en sont là", "Only those that stand there")] CommuneCandidatureStatus? Status,
    [property: Described("Seulement celles de cette commune", "Only those of this commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement les éligibles, ou les autres", "Only the eligible ones, or the others")] bool? Eligible,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<CommuneCandidatureView>>>, IListRequest;

internal sealed class ListCommuneCandidaturesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/commune-candidatures", ([AsParameters] ListCommuneCandidatures query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListCommuneCandidatures), "Lister les candidatures des communes", "List the candidatures of communes")
        .Answers<Page<CommuneCandidatureView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read");
}

internal sealed class ListCommuneCandidaturesValidator : ListValidator<ListCommuneCandidatures>
{
    public ListCommuneCandidaturesValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.InseeCode).KnownCommune(communes);
        RuleFor(query => query.Departement).KnownDepartement(communes);
    }
}

internal sealed class ListCommuneCandidaturesHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes)
    : IRequestHandler<ListCommuneCandidatures, Result<Page<CommuneCandidatureView>>>
{
    public async Task<Result<Page<CommuneCandidatureView>>> Handle(ListCommuneCandidatures request, CancellationToken cancellationToken)
    {
        var candidatures = session.Query<CommuneCandidature>(request);
        if (request.Status is { } status)
        {
            candidatures = candidatures.Where(candidature => candidature.Status == status);
        }

        if (communes.Find(request.InseeCode)?.Commune.InseeCode is { } code)
        {
            candidatures = candidatures.Where(candidature => candidature.InseeCode == code);
        }

        if (communes.FindDepartement(request.Departement)?.Code is { } departement)
        {
            candidatures = candidatures.Where(candidature => candidature.Departement == departement);
        }

        if (request.Eligible is { } eligible)
        {
            candidatures = candidatures.Where(candidature => candidature.Eligibility.Eligible == eligible);
        }

        return await candidatures.ToPageAsync(request, CommuneCandidatureView.Of, cancellationToken);
    }
}
