using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Funnel;
using MilleCafes.Shared;
using Npgsql;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Counts the candidatures of gérants by where they come from, for one offer or for all.</summary>
internal sealed record CountOfferSources(Guid? OfferId, DateTimeOffset? Since, DateTimeOffset? Until) : IRequest<Result<OfferSourcesView>>;

internal sealed record OfferSourceView(
    [property: Described("Ce que disent les candidats, ou le partenaire, avec `personal-data:read` ; nul quand rien n'est dit ; toutes offres ensemble, en minuscules, et nul pour un partenaire", "What candidates say, or the partner, with `personal-data:read`; null when nothing is said; of all offers together, in lower case, and null for a partner", Example = "\"Emplois ruraux\"")] string? Source,
    [property: Described("Le client du partenaire dont la clé le dit", "The client of the partner whose key says it")] Guid? ClientId,
    [property: Described("Candidatures confirmées", "Confirmed candidatures", Example = "12")] long Candidatures,
    [property: Described("Dont celles qui ont mené à un gérant en poste", "Of these, those that led to a gérant in post", Example = "1")] long InPost,
    [property: Described("Nombre d'offres auxquelles elles répondent", "How many offers they answer", Example = "3")] long Offers,
    [property: Described("Vrai pour la ligne qui réunit les plus petites sources, au-delà de cent, et sans `personal-data:read` celles que les candidats disent", "Whether the line gathers the smallest sources, beyond a hundred, and without `personal-data:read` those that candidates tell", Example = "false")] bool Others);

/// <summary>Where candidatures come from, the largest source first.</summary>
internal sealed record OfferSourcesView(
    [property: Described("Candidatures confirmées, toutes sources ensemble", "Confirmed candidatures, of all sources together", Example = "12")] long Candidatures,
    [property: Described("Une ligne par source", "One line a source")] IReadOnlyList<OfferSourceView> Sources) : ITabular<OfferSourceView>
{
    IReadOnlyList<OfferSourceView> ITabular<OfferSourceView>.Rows => Sources;
}

internal sealed class CountOfferSourcesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerance-offers/sources", (
            [Described("Seulement cette offre", "Only this offer")] Guid? offerId,
            [Described("Reçues depuis cet instant", "Received since this instant")] DateTimeOffset? since,
            [Described("Reçues avant cet instant", "Received before this instant")] DateTimeOffset? until,
            ISender sender, CancellationToken token) => sender.Send(new CountOfferSources(offerId, since, until), token).ToHttp())
        .Described(nameof(CountOfferSources), "Compter les candidatures par source", "Count candidatures by source")
        .Answers<OfferSourcesView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class CountOfferSourcesValidator : AbstractValidator<CountOfferSources>
{
    public CountOfferSourcesValidator() => RuleFor(query => query.Until).GreaterThan(query => query.Since!.Value).When(query => query.Since is not null);
}

internal sealed class CountOfferSourcesHandler(ModuleSession<IRecruitmentStore> session, NpgsqlDataSource database, CurrentActor actor)
    : IRequestHandler<CountOfferSources, Result<OfferSourcesView>>
{
    // Of one offer: few, by its index. Names as people type them: blanks and capitals make no other source
    private const string OfOne = """
        select min(btrim(data -> 'source' ->> 'name')), partner, count(*), count(*) filter (where data ->> 'stage' = 'InPost')
        from recruitment.mt_doc_gerantcandidature
        cross join lateral (select case when data -> 'source' ->> 'byTeam' = 'true' then null else cast(data -> 'source' ->> 'clientId' as uuid) end) as source (partner)
        where cast(data ->> 'offerId' as uuid) = $3 and data ->> 'confirmedAt' is not null and data ->> 'mergedInto' is null and id >= $1 and id < $2
        group by partner, case when partner is null then nullif(lower(btrim(data -> 'source' ->> 'name')), '') end
        """;

    // Of all: the funnel's lines, read from their index alone; only of the first and the last day is it asked at which instant
    private const string OfAll = """
        select funnel_line from recruitment.mt_doc_gerantcandidature where funnel_line >= $4 and funnel_line < $5
        union all
        select funnel_line from recruitment.mt_doc_gerantcandidature
        where ((funnel_line >= $3 and funnel_line < least($4, $6)) or (funnel_line >= greatest($5, $4) and funnel_line < $6)) and id >= $1 and id < $2
        """;

    public async Task<Result<OfferSourcesView>> Handle(CountOfferSources request, CancellationToken cancellationToken)
    {
        if (request.OfferId is { } asked && await session.LoadAsync<GeranceOffer>(asked, cancellationToken) is null)
        {
            return GeranceOfferErrors.Unknown;
        }

        var sources = new OfferSources();
        await using var command = database.CreateCommand(request.OfferId is null ? OfAll : OfOne);
        object[] values = request.OfferId is { } offer ? [.. OfferSources.Ids(request), offer] : [.. OfferSources.Ids(request), .. OfferSources.Days(request)];
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (request.OfferId is { } one)
            {
                sources.Add(reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.IsDBNull(0) ? "" : reader.GetString(0), reader.GetInt64(2), reader.GetInt64(3), one);
            }
            else
            {
                sources.Add(FunnelLine.Read(reader.GetString(0)));
            }
        }

        return sources.View(actor.Holder!.MayReadPersonalData);
    }
}
