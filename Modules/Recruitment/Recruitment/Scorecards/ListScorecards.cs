using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>Lists scorecards, oldest first; none can be asked for by what was observed.</summary>
internal sealed record ListScorecards(
    [property: Described("Seulement celles de cette candidature", "Only those of this candidature")] Guid? CandidatureId,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<ScorecardView>>>, IListRequest;

internal sealed class ListScorecardsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/scorecards", ([AsParameters] ListScorecards query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListScorecards), "Lister les grilles de savoir-être", "List the scorecards")
        .Answers<Page<ScorecardView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read");
}

internal sealed class ListScorecardsValidator : ListValidator<ListScorecards>;

internal sealed class ListScorecardsHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor) : IRequestHandler<ListScorecards, Result<Page<ScorecardView>>>
{
    public async Task<Result<Page<ScorecardView>>> Handle(ListScorecards request, CancellationToken cancellationToken)
    {
        var cards = session.Query<Scorecard>(request);
        if (request.CandidatureId is { } candidature)
        {
            cards = cards.OfCandidature(candidature);
        }

        var page = await cards.ToPageAsync(request, card => card, cancellationToken);
        var enabled = await session.EnabledAsync(page.Items.SelectMany(card => card.ObserverClients), cancellationToken);
        return new Page<ScorecardView>([.. page.Items.Select(card => ScorecardView.For(card, actor.Holder!.ClientId, enabled, actor.Holder.IsStaff))], page.Next, page.Ended);
    }
}
