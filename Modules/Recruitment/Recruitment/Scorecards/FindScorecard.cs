using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>Shows one scorecard, as far as its reader may see it yet.</summary>
internal sealed record FindScorecard(Guid Id) : IRequest<Result<ScorecardView>>;

internal sealed class FindScorecardEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/scorecards/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindScorecard(id), token).ToHttp())
        .Described(nameof(FindScorecard), "Lire une grille de savoir-être", "Read a scorecard")
        .Answers<ScorecardView>()
        .Refuses(ScorecardErrors.Unknown)
        .RequireScope("recruitment:read");
}

internal sealed class FindScorecardHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor) : IRequestHandler<FindScorecard, Result<ScorecardView>>
{
    public async Task<Result<ScorecardView>> Handle(FindScorecard request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Scorecard>(request.Id, cancellationToken) is { } card
            ? await session.ViewAsync(card, actor.Holder!, cancellationToken)
            : ScorecardErrors.Unknown;
}
