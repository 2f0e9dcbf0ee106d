using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>The immersion does not take place; the café has its days back.</summary>
internal sealed record CancelImmersion(Guid Id, string? Reason) : IRequest<Result<ImmersionView>>;

internal sealed record CancelImmersionBody(
    [property: Described("Motif", "Reason", Example = "\"Le café ferme pour travaux.\"")] string? Reason);

internal sealed class CancelImmersionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/immersions/{id:guid}/cancellation", (Guid id, CancelImmersionBody body, ISender sender, CancellationToken token) =>
            sender.Send(new CancelImmersion(id, body.Reason), token).ToHttp())
        .Described(nameof(CancelImmersion), "Annuler une immersion", "Cancel an immersion")
        .Noted("Le candidat en reçoit un courriel, sans le motif, et le café l'apprend (`recruitment.immersion.called-off`).",
            "The candidate is mailed, without the reason, and the café is told (`recruitment.immersion.called-off`).")
        .Answers<ImmersionView>()
        .Refuses(CommonErrors.Malformed, ImmersionErrors.Unknown, ImmersionErrors.Over, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class CancelImmersionValidator : AbstractValidator<CancelImmersion>
{
    public CancelImmersionValidator()
    {
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(2_000);
    }
}

internal sealed class CancelImmersionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<CancelImmersion, Result<ImmersionView>>
{
    public async Task<Result<ImmersionView>> Handle(CancelImmersion request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Immersion>(request.Id, cancellationToken) is not { } immersion)
        {
            return ImmersionErrors.Unknown;
        }

        var now = time.GetUtcNow();
        if (immersion.Cancel(request.Reason!, actor.Id, now) is var decision && decision.IsRefused(out var refused))
        {
            return refused;
        }

        session.Update(decision.Value);
        if (await session.LoadAsync<HostCafe>(immersion.HostCafeId, cancellationToken) is { } cafe)
        {
            await session.GiveDaysAsync(cafe, cafe.Free(decision.Value));
        }

        if (immersion.ToCalledOff(decision.Value, now) is { } calledOff)
        {
            await session.PublishAsync(calledOff);
        }

        return await session.CommitAsync(ImmersionView.Of(decision.Value, actor.Holder!), cancellationToken);
    }
}
