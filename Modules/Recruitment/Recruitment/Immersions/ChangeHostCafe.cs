using Carter;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>Replaces what is told of a host café; the days it gave away stay given.</summary>
internal sealed record ChangeHostCafe(Guid Id, string? Name, string? InseeCode, int? CapacityPerDay, IReadOnlyList<string>? Languages, Guid? ClientId)
    : IRequest<Result<HostCafeView>>, IHostCafeFacts;

internal sealed record ChangeHostCafeBody(
    [property: Described("Nom du café", "Name of the café", Example = "\"Le café de Sénergues\"")] string? Name,
    [property: Described("Code INSEE de sa commune", "INSEE code of its commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Candidats accueillis le même jour, de 1 à 10", "Candidates taken in on one day, from 1 to 10", Example = "2")] int? CapacityPerDay,
    [property: Described("Langues parlées, en codes ISO 639-1 ; le français sans cela", "Languages spoken, as ISO 639-1 codes; French without it", Example = "[\"fr\", \"en\"]")] IReadOnlyList<string>? Languages = null,
    [property: Described("Le client du gérant dont la clé donne le retour du café", "The gérant's client whose key gives the café's feedback")] Guid? ClientId = null);

internal sealed class ChangeHostCafeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut("/v1/recruitment/host-cafes/{id:guid}", (Guid id, ChangeHostCafeBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ChangeHostCafe(id, body.Name, body.InseeCode, body.CapacityPerDay, body.Languages, body.ClientId), token).ToHttp())
        .Described(nameof(ChangeHostCafe), "Modifier un café d'accueil", "Change a host café")
        .Noted("Un autre client reçoit aussi les immersions à venir, et celles dont le café n'a encore rien dit ; l'ancien ne les lit plus.",
            "Another client receives the immersions to come too, and those of which the café has told nothing yet; the former one reads them no more.")
        .Answers<HostCafeView>()
        .Refuses(CommonErrors.Malformed, HostCafeErrors.Unknown, HostCafeErrors.UnknownCommune, HostCafeErrors.Closed, HostCafeErrors.CapacityTaken,
            KnownClientErrors.Unknown, KnownClientErrors.Disabled, KnownClientErrors.OtherKind, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ChangeHostCafeValidator : HostCafeValidator<ChangeHostCafe>;

internal sealed class ChangeHostCafeHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, TimeProvider time)
    : IRequestHandler<ChangeHostCafe, Result<HostCafeView>>
{
    public async Task<Result<HostCafeView>> Handle(ChangeHostCafe request, CancellationToken cancellationToken)
    {
        if (request.Read(communes) is not { } facts)
        {
            return HostCafeErrors.UnknownCommune;
        }

        var today = LocalDays.Of(time.GetUtcNow());
        var refusal = await session.WhyNotAsync(request.Clients(), cancellationToken);
        var decision = await session.DecideAsync<HostCafe>(
            request.Id, HostCafeErrors.Unknown, cafe => cafe.With(facts, today).Unless(cafe.ClientId == facts.ClientId ? null : refusal), cancellationToken,
            along: async (cafe, documents) =>
            {
                foreach (var immersion in await documents.Query<Immersion>().Where(one => one.HostCafeId == cafe.Id).ToListAsync(cancellationToken))
                {
                    documents.Change(immersion, immersion.HandOver(cafe));
                }

                return [];
            });
        return decision.Select(HostCafeView.Of);
    }
}
