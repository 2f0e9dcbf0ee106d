using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using Npgsql;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Counts the candidatures of gérants by where they come from, for one offer or for all.</summary>
internal sealed record CountOfferSources(Guid? OfferId, DateTimeOffset? Since, DateTimeOffset? Until) : IRequest<Result<OfferSourcesView>>;

internal sealed record OfferSourceView(
    [property: Described("Ce que disent les candidats, ou le partenaire ; nul quand rien n'est dit", "What candidates say, or the partner; null when nothing is said", Example = "\"Emplois ruraux\"")] string? Source,
    [property: Described("Le client du partenaire dont la clé le dit", "The client of the partner whose key says it")] Guid? ClientId,
    [property: Described("Candidatures confirmées", "Confirmed candidatures", Example = "12")] long Candidatures,
    [property: Described("Dont celles qui ont mené à un gérant en poste", "Of these, those that led to a gérant in post", Example = "1")] long InPost,
    [property: Described("Nombre d'offres auxquelles elles répondent", "How many offers they answer", Example = "3")] long Offers);

/// <summary>Where candidatures come from, the largest source first.</summary>
internal sealed record OfferSourcesView(
    [property: Described("Candidatures confirmées, toutes sources ensemble", "Confirmed candidatures, of all sources together", Example = "12")] long Candidatures,
    [property: Described("Une ligne par source", "One line a source")] IReadOnlyList<OfferSourceView> Sources);

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

internal sealed class CountOfferSourcesHandler(ModuleSession<IRecruitmentStore> session, NpgsqlDataSource database)
    : IRequestHandler<CountOfferSources, Result<OfferSourcesView>>
{
    // Names as people type them: blanks and capitals make no other source
    private const string Count = """
        select min(btrim(data -> 'source' ->> 'name')), cast(data -> 'source' ->> 'clientId' as uuid), count(*),
            count(*) filter (where data ->> 'stage' = 'InPost'), count(distinct data ->> 'offerId')
        from recruitment.mt_doc_gerantcandidature
        where data ->> 'confirmedAt' is not null and data ->> 'deletedAt' is null and id >= $1 and id < $2
        """;

    private const string BySource = """
         group by data -> 'source' ->> 'clientId', case when data -> 'source' ->> 'clientId' is null then nullif(lower(btrim(data -> 'source' ->> 'name')), '') end
        order by 3 desc, 1 limit 1000
        """;

    public async Task<Result<OfferSourcesView>> Handle(CountOfferSources request, CancellationToken cancellationToken)
    {
        if (request.OfferId is { } asked && await session.LoadAsync<GeranceOffer>(asked, cancellationToken) is null)
        {
            return GeranceOfferErrors.Unknown;
        }

        await using var command = database.CreateCommand(Count + (request.OfferId is null ? "" : " and cast(data ->> 'offerId' as uuid) = $3") + BySource);
        command.Parameters.Add(new() { Value = Bound(request.Since) ?? Guid.Empty });
        command.Parameters.Add(new() { Value = Bound(request.Until) ?? Guid.AllBitsSet });
        if (request.OfferId is { } offer)
        {
            command.Parameters.Add(new() { Value = offer });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sources = new List<OfferSourceView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sources.Add(new(
                reader.IsDBNull(0) || reader.GetString(0).Length == 0 ? null : reader.GetString(0),
                reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return new OfferSourcesView(sources.Sum(source => source.Candidatures), sources);
    }

    // Ids begin with their instant: the first that an instant can have
    private static Guid? Bound(DateTimeOffset? instant)
    {
        if (instant is not { } from)
        {
            return null;
        }

        Span<byte> id = stackalloc byte[16];
        id.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(0, from.ToUnixTimeMilliseconds()) << 16);
        return new(id, bigEndian: true);
    }
}
