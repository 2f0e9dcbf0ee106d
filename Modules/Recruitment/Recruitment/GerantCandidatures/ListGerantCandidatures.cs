using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Lists gérants' candidatures, oldest first.</summary>
internal sealed record ListGerantCandidatures(
    [property: Described("Seulement celles qui en sont à cette étape", "Only those at this stage")] GerantStage? Stage,
    [property: Described("Seulement celles qui répondent à cette offre", "Only those that answer this offer")] Guid? OfferId,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement celles que suit cette antenne", "Only those that this antenne follows")] Antenne? Antenne,
    [property: Described("Seulement celles que ce client a transmises", "Only those that this client sent")] Guid? SourceClientId,
    [property: Described("Seulement celles dont la source porte ce nom ; demande `personal-data:read`", "Only those whose source has this name; needs `personal-data:read`", Example = "\"Petites annonces\"")] string? Source,
    [property: Described("Seulement celles de cette adresse, écrite comme on veut ; demande `personal-data:read`", "Only those of this address, however it is written; needs `personal-data:read`", Example = "\"camille@example.org\"")] string? Email,
    [property: Described("Les confirmées, ou celles qui attendent de l'être ; les confirmées sans ce filtre", "The confirmed ones, or those that wait for it; the confirmed ones without this filter", Example = "true")] bool? Confirmed,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<GerantCandidatureView>>>, IListRequest;

internal sealed class ListGerantCandidaturesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerant-candidatures", ([AsParameters] ListGerantCandidatures query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListGerantCandidatures), "Lister les candidatures des gérants", "List the candidatures of gérants")
        .Noted("Un partenaire voit celles qu'il a transmises ; une mairie, celles qui lui ont été présentées.",
            "A partner sees those that it sent; a mairie, those that were presented to it.")
        .Answers<Page<GerantCandidatureView>>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.PersonalDataScope)
        .RequireScope("recruitment:read");
}

internal sealed class ListGerantCandidaturesValidator : ListValidator<ListGerantCandidatures>
{
    public ListGerantCandidaturesValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.Departement).KnownDepartement(communes);
        RuleFor(query => query.Source).MaximumLength(ApplicantRules.LongestName);
        RuleFor(query => query.Email).MaximumLength(ApplicantRules.LongestEmail);
    }
}

internal sealed class ListGerantCandidaturesHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor)
    : IRequestHandler<ListGerantCandidatures, Result<Page<GerantCandidatureView>>>
{
    public async Task<Result<Page<GerantCandidatureView>>> Handle(ListGerantCandidatures request, CancellationToken cancellationToken)
    {
        var holder = actor.Holder!;
        // Who may not read an address or what a candidate wrote may not find it by trying either
        if ((request.Email ?? request.Source) is not null && !holder.MayReadPersonalData)
        {
            return GerantCandidatureErrors.PersonalDataScope;
        }

        // By an address that a candidature had before it became part of another, the team alone finds that other
        var key = ContactKeys.OfEmail(request.Email) ?? "";
        var former = request.Email is not null && holder.IsStaff
            ? await session.Query<GerantCandidature>(request).Where(one => one.FormerKeys.Contains(key)).Select(one => one.Id).ToListAsync(cancellationToken)
            : [];
        var page = await Filter(session.Query<GerantCandidature>(request), request, [.. former]).ToPageAsync(request, one => GerantCandidatureView.Of(one, holder), cancellationToken);
        return await session.WithHiddenAsync<GerantCandidature, GerantCandidatureView>(page, request, one => one.RemainsFor(holder), cancellationToken);
    }

    private IQueryable<GerantCandidature> Filter(IQueryable<GerantCandidature> candidatures, ListGerantCandidatures request, Guid[] former)
    {
        candidatures = request.Confirmed is false ? candidatures.Where(one => one.Unconfirmed == GerantCandidature.UnconfirmedMark) : candidatures.Where(one => one.ConfirmedAt != null);
        if (request.Stage is { } stage)
        {
            candidatures = candidatures.Where(one => one.Stage == stage);
        }

        if (request.OfferId is { } offer)
        {
            candidatures = candidatures.Where(one => one.OfferId == offer);
        }

        if (communes.FindDepartement(request.Departement)?.Code is { } departement)
        {
            candidatures = candidatures.Where(one => one.Departement == departement);
        }

        if (request.Antenne is { } antenne)
        {
            candidatures = candidatures.Where(one => one.Antenne == antenne);
        }

        if (request.SourceClientId is { } client)
        {
            candidatures = candidatures.Where(one => one.Source.ClientId == client);
        }

        if (request.Source is { Length: > 0 } source)
        {
            candidatures = candidatures.Where(one => one.Source.Name == source);
        }

        if (request.Email is { } email)
        {
            // What is no address is nobody's
            var key = ContactKeys.OfEmail(email) ?? "";
            candidatures = former.Length == 0 ? candidatures.Where(one => one.EmailKey == key) : candidatures.Where(one => one.EmailKey == key || one.Id.IsOneOf(former));
        }

        if (actor.Holder!.Kind == HolderKind.Mairie && (request.Email ?? request.Source) is not null)
        {
            // Nor does it find by the person what no longer shows it the person
            candidatures = candidatures.Where(one => one.Stage != GerantStage.Declined && one.Stage != GerantStage.Withdrawn);
        }

        return candidatures;
    }
}
