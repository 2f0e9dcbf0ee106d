using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Npgsql;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>How many candidatures reach each stage, how long they stay there, and how they leave it.</summary>
internal sealed record ShowRecruitmentFunnel(
    [property: Described("Seulement celles que suit cette antenne", "Only those that this antenne follows")] Antenne? Antenne,
    [property: Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? Departement,
    [property: Described("Seulement celles de cette source : l'identifiant d'un client, ou un nom, qui demande `personal-data:read`", "Only those of this source: the id of a client, or a name, which needs `personal-data:read`", Example = "\"Affiche\"")] string? Source,
    [property: Described("Reçues à partir de ce jour", "Received from this day on", Example = "\"2026-01-01\"")] DateOnly? From,
    [property: Described("Reçues jusqu'à ce jour compris", "Received up to this day, included", Example = "\"2026-12-31\"")] DateOnly? Until,
    [property: Described("Ce qui distingue les groupes ; aucun groupe par défaut", "What tells the groups apart; no groups by default")] FunnelGrouping? By) : IRequest<Result<FunnelView>>;

internal sealed class ShowRecruitmentFunnelEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/gerant-candidatures/funnel", ([AsParameters] ShowRecruitmentFunnel query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ShowRecruitmentFunnel), "Voir l'entonnoir du recrutement", "Show the funnel of recruitment")
        .Noted("Ne sont pas comptées celles qui ne sont pas confirmées, ni celles qui ont été réunies à une autre, qui compte pour les deux. Une décision corrigée ne compte pas. "
            + "Les effacées restent comptées, avec les étapes qu'elles avaient atteintes. Les jours sont ceux de Paris ; au-delà des cent plus grandes sources, les autres sont réunies. En tableau : une ligne par groupe et par étape, sans les motifs des refus.",
            "Not counted are those that are not confirmed, and those that were merged into another one, which counts for both. A corrected decision does not count. "
            + "Erased ones still count, with the stages that they had reached. Days are those of Paris; beyond the hundred largest sources, the others are gathered. As a table: one row a group and stage, without the reasons of refusals.")
        .Answers<FunnelView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.PersonalDataScope)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class ShowRecruitmentFunnelValidator : AbstractValidator<ShowRecruitmentFunnel>
{
    public ShowRecruitmentFunnelValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.Antenne).IsInEnum();
        RuleFor(query => query.Departement).KnownDepartement(communes);
        RuleFor(query => query.Source).MaximumLength(ApplicantRules.LongestName);
        RuleFor(query => query.Until).GreaterThanOrEqualTo(query => query.From!.Value).When(query => query.From is not null);
        RuleFor(query => query.By).IsInEnum();
    }
}

internal sealed class ShowRecruitmentFunnelHandler(NpgsqlDataSource database, CommuneRegistry communes, CurrentActor actor) : IRequestHandler<ShowRecruitmentFunnel, Result<FunnelView>>
{
    // Nothing but the index is read; lines begin with their day, and those that are not counted with nothing
    private const string Lines = "select funnel_line from recruitment.mt_doc_gerantcandidature where funnel_line >= $1 and funnel_line < $2";
    private const string BeforeAllDays = "0";
    private const string AfterAllDays = "a";

    public async Task<Result<FunnelView>> Handle(ShowRecruitmentFunnel request, CancellationToken cancellationToken)
    {
        var namesPersons = actor.Holder!.MayReadPersonalData;
        if (!namesPersons && SourceOf(request) is { } named && FunnelLine.IsWritten(named))
        {
            return GerantCandidatureErrors.PersonalDataScope;
        }

        var wanted = Filter(request);
        var groups = new FunnelGroups(request.By ?? FunnelGrouping.Stage, namesPersons);
        await using var command = database.CreateCommand(Lines);
        command.Parameters.Add(new() { Value = request.From is { } from ? FunnelLine.Start(from) : BeforeAllDays });
        command.Parameters.Add(new() { Value = request.Until is { } until && until < DateOnly.MaxValue ? FunnelLine.Start(until.AddDays(1)) : AfterAllDays });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (FunnelLine.Read(reader.GetString(0)) is var line && wanted(line))
            {
                groups.Count(line);
            }
        }

        return groups.View();
    }

    private Func<FunnelLine, bool> Filter(ShowRecruitmentFunnel request)
    {
        var departement = communes.FindDepartement(request.Departement)?.Code;
        var source = SourceOf(request);
        return line => (request.Antenne is null || line.Antenne == request.Antenne)
            && (departement is null || line.Departement == departement)
            && (source is null || line.Source == source);
    }

    private static string? SourceOf(ShowRecruitmentFunnel request) =>
        string.IsNullOrWhiteSpace(request.Source) ? null : Guid.TryParse(request.Source, out var client) ? FunnelLine.SourceOf(client, null) : FunnelLine.SourceOf(null, request.Source);
}
