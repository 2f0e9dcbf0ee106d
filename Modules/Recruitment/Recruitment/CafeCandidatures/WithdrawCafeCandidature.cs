using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The café takes its candidature back; it may apply again later.</summary>
internal sealed record WithdrawCafeCandidature(Guid Id, string? Reason) : IRequest<Result<CafeCandidatureView>>;

internal sealed record WithdrawCafeCandidatureBody(
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"Le café voisin a rouvert.\"")] string? Reason = null);

internal sealed class WithdrawCafeCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/cafe-candidatures/{id:guid}/withdrawal", (Guid id, WithdrawCafeCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new WithdrawCafeCandidature(id, body?.Reason), token).ToHttp())
        .Described(nameof(WithdrawCafeCandidature), "Retirer la candidature d'un café", "Withdraw the candidature of a café")
        .Noted("Réservé à qui l'a déposée et à l'équipe. Le café peut candidater de nouveau ensuite.",
            "For its sender and the team only. The café may apply again afterwards.")
        .Answers<CafeCandidatureView>()
        .Refuses(CommonErrors.Malformed, CafeCandidatureErrors.Unknown, CafeCandidatureErrors.OfItsSender, CafeCandidatureErrors.AlreadyAccepted,
            CafeCandidatureErrors.AlreadyDeclined, CafeCandidatureErrors.AlreadyWithdrawn, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Mairie, HolderKind.Gerant);
}

internal sealed class WithdrawCafeCandidatureValidator : AbstractValidator<WithdrawCafeCandidature>
{
    public WithdrawCafeCandidatureValidator() => RuleFor(request => request.Reason).MaximumLength(4_000);
}

internal sealed class WithdrawCafeCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<WithdrawCafeCandidature, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(WithdrawCafeCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<CafeCandidature>(
            request.Id,
            CafeCandidatureErrors.Unknown,
            candidature => candidature.For(actor.Holder!).Then(own => own.Withdraw(request.Reason, actor.Id, now)),
            cancellationToken);
        return decision.Select(candidature => CafeCandidatureView.Of(candidature, actor.Holder!));
    }
}
