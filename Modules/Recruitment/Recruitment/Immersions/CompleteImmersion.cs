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
        .Noted("Écourtée, elle finit ce jour-là, et le café a de nouveau les jours qui suivent.",
            "Cut short, it ends on that day, and the café has back the days after it.")
        .Answers<ImmersionView>()
        .Refuses(CommonErrors.Malformed, ImmersionErrors.Unknown, ImmersionErrors.Over, ImmersionErrors.NotBegun, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class CompleteImmersionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<CompleteImmersion, Result<ImmersionView>>
{
    public async Task<Result<ImmersionView>> Handle(CompleteImmersion request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Immersion>(request.Id, cancellationToken) is not { } immersion)
        {
            return ImmersionErrors.Unknown;
        }

        var now = time.GetUtcNow();
        if (immersion.Complete(actor.Id, LocalDays.Of(now), now) is var decision && decision.IsRefused(out var refused))
        {
            return refused;
        }

        session.Update(decision.Value);
        if (immersion.ToShortened(decision.Value, now) is { } cutShort)
        {
            await session.PublishAsync(cutShort);
        }

        if (await session.LoadAsync<HostCafe>(immersion.HostCafeId, cancellationToken) is { } cafe)
        {
            await session.GiveDaysAsync(cafe, cafe.Free(decision.Value));
        }

        return await session.CommitAsync(ImmersionView.Of(decision.Value, actor.Holder!), cancellationToken);
    }
}
