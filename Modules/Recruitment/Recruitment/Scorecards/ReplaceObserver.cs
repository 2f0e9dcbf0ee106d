using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>Somebody else observes instead of one who cannot; the reason is kept.</summary>
internal sealed record ReplaceObserver(Guid Id, Guid? ObserverId, ObserverRole? Role, Guid? ClientId, string? Reason) : IRequest<Result<ScorecardView>>;

internal sealed record ReplaceObserverBody(
    [property: Described("L'observateur qui est remplacé", "The observer who is replaced")] Guid? ObserverId,
    [property: Described("Ce que le nouvel observateur est pour le candidat", "What the new observer is to the candidate", Example = "\"staff\"")] ObserverRole? Role,
    [property: Described("Le client dont la clé donnera les observations", "The client whose key will give the observations", Example = "\"00000000-0000-7000-8000-000000000002\"")] Guid? ClientId,
    [property: Described("Motif du remplacement", "Reason of the replacement", Example = "\"Absent pendant l'immersion\"")] string? Reason);

internal sealed class ReplaceObserverEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/scorecards/{id:guid}/replacement", (Guid id, ReplaceObserverBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ReplaceObserver(id, body.ObserverId, body.Role, body.ClientId, body.Reason), token).ToHttp())
        .Described(nameof(ReplaceObserver), "Remplacer un observateur", "Replace an observer")
        .Noted("Possible jusqu'au dévoilement. Ce que l'observateur remplacé avait donné reste caché et ne compte plus.",
            "Possible until the reveal. What the replaced observer had given stays hidden and counts no more.")
        .Answers<ScorecardView>()
        .Refuses(CommonErrors.Malformed, ScorecardErrors.Unknown, ScorecardErrors.Revealed, ScorecardErrors.TeamMayHaveRead, ScorecardErrors.ObserverUnknown, ScorecardErrors.AlreadyObserves,
            KnownClientErrors.Unknown, KnownClientErrors.Disabled, KnownClientErrors.OtherKind, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ReplaceObserverValidator : AbstractValidator<ReplaceObserver>
{
    public ReplaceObserverValidator()
    {
        RuleFor(request => request.ObserverId).NotEmpty();
        RuleFor(request => request.Role).NotNull().IsInEnum();
        RuleFor(request => request.ClientId).NotEmpty();
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(2_000);
    }
}

internal sealed class ReplaceObserverHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ReplaceObserver, Result<ScorecardView>>
{
    public async Task<Result<ScorecardView>> Handle(ReplaceObserver request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        var (role, client) = (request.Role!.Value, request.ClientId!.Value);
        var refusal = await session.WhyNotAsync([role.Client(client)], cancellationToken);
        var decision = await session.DecideAsync<Scorecard>(
            request.Id, ScorecardErrors.Unknown, card => card.Replace(request.ObserverId!.Value, role, client, request.Reason!, by, now).Unless(refusal), cancellationToken);
        return await session.ViewAsync(decision, actor.Holder!, cancellationToken);
    }
}
