using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

internal sealed record InvitedObserver(
    [property: Described("Ce qu'il est pour le candidat", "What they are to the candidate")] ObserverRole? Role,
    [property: Described("Le client dont la clé donnera les observations", "The client whose key will give the observations", Example = "\"00000000-0000-7000-8000-000000000002\"")] Guid? ClientId);

/// <summary>Asks several to observe a candidate, each blind to the others.</summary>
internal sealed record OpenScorecard(
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid? CandidatureId,
    [property: Described("Ceux qui observeront, de 1 à 10 ; elle ne se dévoile pas avant d'en avoir deux", "Those who will observe, from 1 to 10; it is not revealed before there are two")] IReadOnlyList<InvitedObserver>? Observers) : IRequest<Result<ScorecardView>>;

internal sealed class OpenScorecardEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/scorecards", (OpenScorecard body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(card => $"/v1/recruitment/scorecards/{card.Id}"))
        .Described(nameof(OpenScorecard), "Ouvrir une grille de savoir-être", "Open a scorecard")
        .Noted("Le savoir-être est le seul critère. Chacun observe sans voir les autres ; la grille se dévoile quand tous, deux au moins, ont donné leurs observations.",
            "Savoir-être is the only criterion. Everyone observes without seeing the others; the scorecard is revealed when all, two at least, have given their observations.")
        .Answers<ScorecardView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.StageNotAllowed, ScorecardErrors.AlreadyObserves, ScorecardErrors.AlreadyThere,
            KnownClientErrors.Unknown, KnownClientErrors.Disabled, KnownClientErrors.OtherKind, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class OpenScorecardValidator : AbstractValidator<OpenScorecard>
{
    public const int Most = 10;

    /// <summary>What one alone saw is not what was seen of somebody.</summary>
    public const int FewestForReveal = 2;

    public OpenScorecardValidator()
    {
        RuleFor(request => request.CandidatureId).NotEmpty();
        RuleFor(request => request.Observers).NotEmpty();
        RuleFor(request => request.Observers).Must(observers => observers is null || observers.Count <= Most).WithErrorCode("too_many")
            .WithMessage(_ => Language.Choose($"Au plus {Most} observateurs.", $"At most {Most} observers."));
        RuleForEach(request => request.Observers).NotNull().ChildRules(observer =>
        {
            observer.RuleFor(value => value!.Role).NotNull().IsInEnum();
            observer.RuleFor(value => value!.ClientId).NotEmpty();
        });
    }
}

internal sealed class OpenScorecardHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<OpenScorecard, Result<ScorecardView>>
{
    public async Task<Result<ScorecardView>> Handle(OpenScorecard request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.CandidatureId!.Value, cancellationToken) is not { } candidature)
        {
            return await session.MissingAsync(request.CandidatureId!.Value, cancellationToken);
        }

        if (!candidature.IsUnderSelection())
        {
            return GerantCandidatureErrors.StageNotAllowed;
        }

        var now = time.GetUtcNow();
        var observers = request.Observers!.Select(observer => (observer.Role!.Value, observer.ClientId!.Value)).ToList();
        var refusal = await session.WhyNotAsync([.. observers.Select((observer, at) => observer.Item1.Client(observer.Item2, $"/observers/{at}/clientId"))], cancellationToken);
        var decision = Scorecard.Open(Guid.CreateVersion7(now), candidature.Id, candidature.Departement, observers, now).Unless(refusal);
        if (decision.IsRefused(out var refused))
        {
            return refused;
        }

        var card = decision.Value.Follow(candidature);
        session.Insert(card);
        // A step of the candidature that did not see the scorecard would leave it behind
        session.Claim(candidature);
        var view = await session.ViewAsync(card, actor.Holder!, cancellationToken);
        return await session.CommitAsync(view, cancellationToken, ScorecardErrors.AlreadyThere);
    }
}
