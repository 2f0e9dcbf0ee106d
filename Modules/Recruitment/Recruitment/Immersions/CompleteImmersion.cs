using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>The immersion took place, be it cut short.</summary>
internal sealed record CompleteImmersion(Guid Id) : IRequest<Result<ImmersionView>>;

internal sealed record CompleteImmersionBody;

internal sealed class CompleteImmersionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/immersions/{id:guid}/completion", (Guid id, CompleteImmersionBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new CompleteImmersion(id), token).ToHttp())
        .Described(nameof(CompleteImmersion), "Terminer une immersion", "Complete an immersion")
        .Answers<ImmersionView>()
        .Refuses(CommonErrors.Malformed, ImmersionErrors.Unknown, ImmersionErrors.Over, ImmersionErrors.NotBegun, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class CompleteImmersionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<CompleteImmersion, Result<ImmersionView>>
{
    public async Task<Result<ImmersionView>> Handle(CompleteImmersion request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        var decision = await session.DecideAsync<Immersion>(
            request.Id, ImmersionErrors.Unknown, immersion => immersion.Complete(by, LocalDays.Of(now), now), cancellationToken);
        return decision.Select(ImmersionView.Of);
    }
}
