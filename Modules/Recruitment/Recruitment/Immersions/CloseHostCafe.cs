using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>The café takes in nobody any more.</summary>
internal sealed record CloseHostCafe(Guid Id, string? Reason) : IRequest<Result<HostCafeView>>;

internal sealed record CloseHostCafeBody(
    [property: Described("Motif", "Reason", Example = "\"Le café ferme pour travaux.\"")] string? Reason);

internal sealed class CloseHostCafeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/host-cafes/{id:guid}/closure", (Guid id, CloseHostCafeBody body, ISender sender, CancellationToken token) =>
            sender.Send(new CloseHostCafe(id, body.Reason), token).ToHttp())
        .Described(nameof(CloseHostCafe), "Fermer un café d'accueil", "Close a host café")
        .Answers<HostCafeView>()
        .Refuses(CommonErrors.Malformed, HostCafeErrors.Unknown, HostCafeErrors.Closed, HostCafeErrors.HasStays, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class CloseHostCafeValidator : AbstractValidator<CloseHostCafe>
{
    public CloseHostCafeValidator()
    {
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(2_000);
    }
}

internal sealed class CloseHostCafeHandler(ModuleSession<IRecruitmentStore> session, TimeProvider time)
    : IRequestHandler<CloseHostCafe, Result<HostCafeView>>
{
    public async Task<Result<HostCafeView>> Handle(CloseHostCafe request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<HostCafe>(
            request.Id, HostCafeErrors.Unknown, cafe => cafe.Close(request.Reason!, LocalDays.Of(now), now), cancellationToken);
        return decision.Select(HostCafeView.Of);
    }
}
