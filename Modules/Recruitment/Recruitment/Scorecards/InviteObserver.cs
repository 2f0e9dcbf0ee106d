using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

/// <summary>Asks one more to observe, while nothing is revealed.</summary>
internal sealed record InviteObserver(Guid Id, ObserverRole? Role, Guid? ClientId) : IRequest<Result<ScorecardView>>;

internal sealed record InviteObserverBody(
    [property: Described("Ce qu'il est pour le candidat", "What they are to the candidate", Example = "\"staff\"")] ObserverRole? Role,
    [property: Described("Le client dont la clé donnera les observations", "The client whose key will give the observations", Example = "\"00000000-0000-7000-8000-000000000002\"")] Guid? ClientId);

internal sealed class InviteObserverEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/scorecards/{id:guid}/observers", (Guid id, InviteObserverBody body, ISender sender, CancellationToken token) =>
            sender.Send(new InviteObserver(id, body.Role, body.ClientId), token).ToHttp())
        .Described(nameof(InviteObserver), "Inviter un observateur de plus", "Invite one more observer")
        .Noted("Jusqu'au dévoilement. Une grille dont l'unique observateur a tout donné attend qu'on en invite un autre.",
            "Until the reveal. A scorecard whose only observer has given theirs waits for another to be invited.")
        .Answers<ScorecardView>()
        .Refuses(CommonErrors.Malformed, ScorecardErrors.Unknown, ScorecardErrors.Revealed, ScorecardErrors.TeamMayHaveRead, ScorecardErrors.AlreadyObserves, ScorecardErrors.TooMany,
            KnownClientErrors.Unknown, KnownClientErrors.Disabled, KnownClientErrors.OtherKind, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class InviteObserverValidator : AbstractValidator<InviteObserver>
{
    public InviteObserverValidator()
    {
        RuleFor(request => request.Role).NotNull().IsInEnum();
        RuleFor(request => request.ClientId).NotEmpty();
    }
}

internal sealed class InviteObserverHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<InviteObserver, Result<ScorecardView>>
{
    public async Task<Result<ScorecardView>> Handle(InviteObserver request, CancellationToken cancellationToken)
    {
        var (role, client, now) = (request.Role!.Value, request.ClientId!.Value, time.GetUtcNow());
        var refusal = await session.WhyNotAsync([role.Client(client)], cancellationToken);
        var decision = await session.DecideAsync<Scorecard>(request.Id, ScorecardErrors.Unknown, card => card.Invite(role, client, now).Unless(refusal), cancellationToken);
        return await session.ViewAsync(decision, actor.Holder!, cancellationToken);
    }
}
