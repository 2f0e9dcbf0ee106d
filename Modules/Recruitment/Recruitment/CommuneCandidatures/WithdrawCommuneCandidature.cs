using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The commune takes its candidature back; it may apply again later.</summary>
internal sealed record WithdrawCommuneCandidature(Guid Id, string? Reason) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record WithdrawCommuneCandidatureBody(
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"Le local a été vendu.\"")] string? Reason = null);

internal sealed class WithdrawCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/withdrawal", (Guid id, WithdrawCommuneCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new WithdrawCommuneCandidature(id, body?.Reason), token).ToHttp())
        .Described(nameof(WithdrawCommuneCandidature), "Retirer une candidature", "Withdraw a candidature")
        .Noted("La commune peut candidater de nouveau ensuite.",
            "The commune may apply again afterwards.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write");
}

internal sealed class WithdrawCommuneCandidatureValidator : AbstractValidator<WithdrawCommuneCandidature>
{
    public WithdrawCommuneCandidatureValidator() => RuleFor(request => request.Reason).MaximumLength(4_000);
}

internal sealed class WithdrawCommuneCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<WithdrawCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(WithdrawCommuneCandidature request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.Withdraw(request.Reason, actor.Id, time.GetUtcNow()),
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
