using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The candidate goes no further; the team, or the partner that sent them, says so for them.</summary>
internal sealed record WithdrawGerantCandidature(Guid Id, string? Reason) : IRequest<Result<GerantCandidatureView>>;

internal sealed record WithdrawGerantCandidatureBody(
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"A trouvé un autre café.\"")] string? Reason = null);

internal sealed class WithdrawGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/withdrawal", (Guid id, WithdrawGerantCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new WithdrawGerantCandidature(id, body?.Reason), token).ToHttp())
        .Described(nameof(WithdrawGerantCandidature), "Retirer la candidature d'un gérant", "Withdraw a gérant's candidature")
        .Noted("Par l'équipe, ou par le partenaire pour celles qu'il a transmises. Le candidat le fait par un lien de ses mails.",
            "By the team, or by the partner for those that it sent. The candidate does it by a link in their mails.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged,
            GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Partner);
}

internal sealed class WithdrawGerantCandidatureValidator : AbstractValidator<WithdrawGerantCandidature>
{
    public WithdrawGerantCandidatureValidator() => RuleFor(request => request.Reason).MaximumLength(4_000);
}

internal sealed class WithdrawGerantCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<WithdrawGerantCandidature, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(WithdrawGerantCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.ActAsync(
            request.Id, candidature => candidature.Withdraw(request.Reason, actor.Id, now), cancellationToken,
            publish: moved => new MailCandidateStage(moved.Id, now), news: (before, moved) => before.NewsOn(moved, now),
            along: (moved, documents) => documents.FollowAsync(new(moved, actor.Id, now), cancellationToken));
        return decision.Select(moved => GerantCandidatureView.Of(moved, actor.Holder!));
    }
}
