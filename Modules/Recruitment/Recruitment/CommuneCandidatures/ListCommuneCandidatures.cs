using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>In which order candidatures are listed.</summary>
internal enum CandidatureOrder
{
    Age,
    Priority,
}

/// <summary>Lists candidatures, oldest first, or by priority.</summary>
internal sealed record ListCommuneCandidatures(
    [property: Described("Seulement celles qui en sont là", "Only those that stand there")] CommuneCandidatureStatus? Status,
    [property: Described("Seulement celles de cette commune", "Only those of this commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement les éligibles, ou les autres", "Only the eligible ones, or the others")] bool? Eligible,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After,
    [property: Described("Ordre : par âge, ou par priorité", "Order: by age, or by priority")] CandidatureOrder? Sort = null,
    [property: Described("Seulement celles de cette antenne", "Only those of this antenne")] Antenne? Antenne = null,
    [property: Described("Vrai : seulement celles qui ne sont à aucune antenne", "True: only those of no antenne")] bool? Unassigned = null,
    [property: Described("Seulement celles qui ont au moins ces points", "Only those with at least these points", Example = "55")] int? MinScore = null,
    [property: Described("Seulement celles qui attendent cela", "Only those that wait for this")] CandidatureWait? WaitingFor = null,
    [property: Described("Seulement celles dont un avis est attendu de cette antenne ; pour l'équipe", "Only those of which this antenne's opinion is awaited; for the team")] Antenne? OpinionOf = null) : IRequest<Result<Page<CommuneCandidatureView>>>, IListRequest;

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
        : base(_ => true)
    {
        RuleFor(query => query.After).Must((query, cursor) => Paging.TryParse(CandidaturesByPriority.Order(query), cursor, out _))
            .WithErrorCode("bad_cursor").WithMessage(_ => CommonErrors.BadCursor.Text);
        RuleFor(query => query.Sort).IsInEnum();
        RuleFor(query => query.Antenne).IsInEnum();
        RuleFor(query => query.Antenne).Null().When(query => query.Unassigned is true)
            .WithErrorCode("empty").WithMessage(_ => Language.Choose("Il faut choisir : une antenne, ou aucune.", "Choose: an antenne, or none."));
        RuleFor(query => query.MinScore).InclusiveBetween(0, 100);
        RuleFor(query => query.WaitingFor).IsInEnum();
        RuleFor(query => query.OpinionOf).IsInEnum();
        RuleFor(query => query.InseeCode).KnownCommune(communes);
        RuleFor(query => query.Departement).KnownDepartement(communes);
    }
}

internal sealed class ListCommuneCandidaturesHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor)
    : IRequestHandler<ListCommuneCandidatures, Result<Page<CommuneCandidatureView>>>
{
    public async Task<Result<Page<CommuneCandidatureView>>> Handle(ListCommuneCandidatures request, CancellationToken cancellationToken)
    {
        var candidatures = session.Query<CommuneCandidature>(request);
        if (request.Status is { } status)
        {
            candidatures = candidatures.Where(candidature => candidature.Status == status);
        }

        candidatures = candidatures.InCommune(communes, request.InseeCode, candidature => candidature.InseeCode);

        if (communes.FindDepartement(request.Departement)?.Code is { } departement)
        {
            candidatures = candidatures.Where(candidature => candidature.Departement == departement);
        }

        if (request.Eligible is { } eligible)
        {
            var key = CommuneCandidature.KeyOf(eligible);
            candidatures = candidatures.Where(candidature => candidature.EligibleKey == key);
        }

        if (request.Antenne is { } antenne)
        {
            var key = CommuneCandidature.KeyOf(antenne);
            candidatures = candidatures.Where(candidature => candidature.AntenneKey == key);
        }

        candidatures = request.Unassigned switch
        {
            true => candidatures.Where(candidature => candidature.OfNone == CommuneCandidature.Unassigned),
            false => candidatures.Where(candidature => candidature.AntenneKey != CommuneCandidature.Unassigned),
            null => candidatures,
        };

        if (request.MinScore is { } score)
        {
            var last = RankedPaging.LastKeyFrom(score);
            candidatures = candidatures.Where(candidature => candidature.RankKey <= last);
        }

        var holder = actor.Holder!;
        if (request.WaitingFor is { } wait)
        {
            candidatures = holder.IsStaff ? candidatures.Where(candidature => candidature.WaitingFor == wait) : candidatures.Where(candidature => candidature.ToldWaitingFor == wait);
        }

        if (request.OpinionOf is { } asked)
        {
            var key = CommuneCandidature.KeyOf(asked);
            candidatures = holder.IsStaff ? candidatures.Where(candidature => candidature.OpinionsOf.Contains(key)) : candidatures.Where(Visibility.None<CommuneCandidature>());
        }

        return request.Sort is CandidatureOrder.Priority
            ? await candidatures.ToRankedPageAsync(
                request, CandidaturesByPriority.Order(request), candidature => candidature.RankKey, candidature => candidature.RankKey, candidature => CommuneCandidatureView.Of(candidature, holder), cancellationToken)
            : await candidatures.ToPageAsync(request, candidature => CommuneCandidatureView.Of(candidature, holder), cancellationToken);
    }
}

/// <summary>Names the second order of the list in its cursors.</summary>
internal static class CandidaturesByPriority
{
    private sealed class CommuneCandidaturesByPriority;

    public static Type Order(ListCommuneCandidatures query) =>
        query.Sort is CandidatureOrder.Priority ? typeof(CommuneCandidaturesByPriority) : typeof(ListCommuneCandidatures);
}
