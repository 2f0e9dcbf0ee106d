using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A decision was wrong: one step back, or back on the path; the history keeps both.</summary>
internal sealed record CorrectGerantCandidature(Guid Id, string Reason) : IRequest<Result<GerantCandidatureView>>;

internal sealed record CorrectGerantCandidatureBody(
    [property: Described("Motif de la correction", "Reason of the correction", Example = "\"Refusée par erreur.\"")] string? Reason);

internal sealed class CorrectGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/correction", (Guid id, CorrectGerantCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(new CorrectGerantCandidature(id, body.Reason!), token).ToHttp())
        .Described(nameof(CorrectGerantCandidature), "Corriger la dernière décision", "Correct the last decision")
        .Noted("Revient d'une étape, ou à celle où la candidature avait été refusée ou retirée. Le motif est obligatoire. Ce qui avait été dit aux abonnés est repris ; l'offre qu'un poste corrigé avait pourvue est à rouvrir.",
            "One step back, or to the stage at which the candidature was declined or withdrawn. The reason is required. What subscribers had been told is taken back; the offer that a corrected post had filled is to be reopened.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.StageNotAllowed, GerantCandidatureErrors.SameAddress, PresentationErrors.OfferTaken, GeranceOfferErrors.AlreadyFilled,
            GeranceOfferErrors.NotPublished, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class CorrectGerantCandidatureValidator : AbstractValidator<CorrectGerantCandidature>
{
    public CorrectGerantCandidatureValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class CorrectGerantCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<CorrectGerantCandidature, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(CorrectGerantCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Whoever left is retained again only for an offer that somebody could be retained for
        var left = await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken);
        if (left is { HeldOfferId: null } && left.Correct(request.Reason, actor.Id, now) is { Error: null, Value.HeldOfferId: { } reserved }
            && await session.ReserveAsync(reserved, left.Id, cancellationToken) is { } ended)
        {
            return ended;
        }

        var decision = await session.ActAsync(
            request.Id, candidature => candidature.Correct(request.Reason, actor.Id, now), cancellationToken,
            publish: moved => new MailCandidateStage(moved.Id, now), onDuplicate: left is { ConfirmedAt: null } ? GerantCandidatureErrors.SameAddress : PresentationErrors.OfferTaken, news: (before, moved) => before.NewsOn(moved, now),
            along: (moved, documents) => documents.FollowAsync(new(moved, actor.Id, now), cancellationToken));
        return decision.Select(moved => GerantCandidatureView.Of(moved, actor.Holder!));
    }
}
