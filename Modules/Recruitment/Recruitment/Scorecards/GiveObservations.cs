using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>An observer tells what they saw; whoever is last reveals the scorecard to all.</summary>
internal sealed record GiveObservations(Guid Id, IReadOnlyList<GivenObservation> Observations) : IRequest<Result<ScorecardView>>;

internal sealed record GivenObservation(
    [property: Described("Le comportement", "The behaviour")] Behaviour? Behaviour,
    [property: Described("De 1, rarement, à 4, toujours ; absent : non observé", "From 1, seldom, to 4, always; left out: not observed", Example = "3")] int? Level = null,
    [property: Described("Ce qui a été vu", "What was seen", Example = "\"A servi vingt couverts sans hausser le ton.\"")] string? Note = null);

internal sealed record GiveObservationsBody(
    [property: Described("Une observation par comportement de la liste", "One observation for each behaviour of the list", Example = GiveObservationsBody.Each)] IReadOnlyList<GivenObservation>? Observations)
{
    public const string Each = """
        [{"behaviour": "listening", "level": 4}, {"behaviour": "keepsTheirWord", "level": 3}, {"behaviour": "initiative"},
         {"behaviour": "calmUnderPressure", "level": 2, "note": "A demandé de l'aide au bon moment."}, {"behaviour": "warmth", "level": 4},
         {"behaviour": "worksWithOthers", "level": 3}]
        """;
}

internal sealed class GiveObservationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/scorecards/{id:guid}/observations", (Guid id, GiveObservationsBody body, ISender sender, CancellationToken token) =>
            sender.Send(new GiveObservations(id, body.Observations!), token).ToHttp())
        .Described(nameof(GiveObservations), "Donner ses observations", "Give one's observations")
        .Noted("Réservé aux observateurs invités. Elles peuvent être redonnées jusqu'au dévoilement, ou jusqu'à ce que le candidat soit retenu ou n'aille pas plus loin ; plus rien ne change ensuite, à moins que cette décision ne soit corrigée avant le dévoilement.",
            "For invited observers only. They can be given again until the reveal, or until the candidate is retained or goes no further; nothing changes after that, unless that decision is corrected before the reveal.")
        .Answers<ScorecardView>()
        .Refuses(CommonErrors.Malformed, ScorecardErrors.Unknown, ScorecardErrors.NotAnObserver, ScorecardErrors.Revealed, ScorecardErrors.GivenStands, ScorecardErrors.Decided, ScorecardErrors.NotEachBehaviour, ScorecardErrors.NothingSeen, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write");
}

internal sealed class GiveObservationsValidator : AbstractValidator<GiveObservations>
{
    public GiveObservationsValidator()
    {
        RuleFor(request => request.Observations).NotEmpty();
        RuleFor(request => request.Observations).Must(given => given is null || given.Count <= Behaviours.All.Count).WithErrorCode("too_many")
            .WithMessage(_ => Language.Choose("Une observation par comportement.", "One observation for each behaviour."));
        RuleForEach(request => request.Observations).NotNull().ChildRules(observation =>
        {
            observation.RuleFor(value => value.Behaviour).NotNull().IsInEnum();
            observation.RuleFor(value => value.Level).InclusiveBetween(1, 4);
            observation.RuleFor(value => value.Note).MaximumLength(2_000);
        });
    }
}

internal sealed class GiveObservationsHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<GiveObservations, Result<ScorecardView>>
{
    public async Task<Result<ScorecardView>> Handle(GiveObservations request, CancellationToken cancellationToken)
    {
        var (client, now) = (actor.Holder!.ClientId, time.GetUtcNow());
        var observations = request.Observations.Select(one => new Observation(one.Behaviour!.Value, one.Level, one.Note)).ToList();
        var decision = await session.DecideAsync<Scorecard>(request.Id, ScorecardErrors.Unknown, card => card.Give(client, observations, now), cancellationToken);
        return await session.ViewAsync(decision, actor.Holder, cancellationToken);
    }
}
