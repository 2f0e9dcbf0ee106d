using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The network says no, with a reason that can be told.</summary>
internal sealed record DeclineGerantCandidature(Guid Id, DeclineReason? Reason, string? Text) : IRequest<Result<GerantCandidatureView>>;

internal sealed record DeclineGerantCandidatureBody(
    [property: Described("Le motif", "The reason")] DeclineReason? Reason,
    [property: Described("Ce qui est ajouté au motif, et peut être dit au candidat", "What is added to the reason, and can be told to the candidate", Example = "\"Le café a trouvé son gérant.\"")] string? Text = null);

internal sealed class DeclineGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/refusal", (Guid id, DeclineGerantCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(new DeclineGerantCandidature(id, body.Reason, body.Text), token).ToHttp())
        .Described(nameof(DeclineGerantCandidature), "Refuser la candidature d'un gérant", "Decline a gérant's candidature")
        .Noted("Le motif vient d'une liste fermée, où ni l'expérience ni le diplôme ne figurent ; le texte s'y ajoute, et est nécessaire pour `other`. `savoirEtreNotShown` demande une grille dévoilée. Le candidat le reçoit par mail, si le réglage le dit.",
            "The reason is of a closed list, which has neither experience nor diploma; the text adds to it, and is needed for `other`. `savoirEtreNotShown` needs a scorecard that is revealed. The candidate gets it by mail, if the setting says so.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed,
            GerantCandidatureErrors.StageNotAllowed, ScorecardErrors.NotRevealed, PresentationErrors.NoNo, GerantCandidatureErrors.ReasonUntrue, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class DeclineGerantCandidatureValidator : AbstractValidator<DeclineGerantCandidature>
{
    public DeclineGerantCandidatureValidator()
    {
        RuleFor(request => request.Reason).NotNull().IsInEnum();
        RuleFor(request => request.Text).MaximumLength(4_000);
        RuleFor(request => request.Text).NotEmpty().When(request => request.Reason == DeclineReason.Other);
    }
}

internal sealed class DeclineGerantCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<DeclineGerantCandidature, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(DeclineGerantCandidature request, CancellationToken cancellationToken)
    {
        var (id, now) = (request.Id, time.GetUtcNow());
        var judged = await session.LoadAsync<GerantCandidature>(id, cancellationToken);
        var untrue = judged is null ? null : await WhyUntrueAsync(judged, request.Reason!.Value, LocalDays.Of(now), cancellationToken);
        var decision = await session.ActAsync(
            id,
            candidature => candidature.Revision != judged?.Revision ? CommonErrors.ChangedMeanwhile
                : candidature.DeclineWith(request.Reason!.Value, request.Text, actor.Id, now).Then<GerantCandidature>(declined => untrue is null ? declined : untrue),
            cancellationToken,
            publish: moved => new MailCandidateStage(moved.Id, now), news: (before, moved) => before.NewsOn(moved, now),
            along: (moved, documents) => documents.FollowAsync(new(moved, actor.Id, now), cancellationToken));
        return decision.Select(moved => GerantCandidatureView.Of(moved, actor.Holder!));
    }

    // Candidates are told the reason: one observer alone may be mistaken, a mairie that has not said no has not, and an offer is open or it is not
    private async Task<Error?> WhyUntrueAsync(GerantCandidature one, DeclineReason reason, DateOnly today, CancellationToken token) => reason switch
    {
        DeclineReason.SavoirEtreNotShown => (await session.Query<Scorecard>().OfCandidature(one.Id).ToListAsync(token)).Any(card => card.IsSeenByTwo) ? null : ScorecardErrors.NotRevealed,
        DeclineReason.MairieDeclined => (await session.Query<Presentation>().OfCandidature(one.Id).OrderBy(other => other.Id).ToListAsync(token)) is [.., { Answer: MairieAnswer.No }] ? null : PresentationErrors.NoNo,
        DeclineReason.OfferFilled => await IsTakenAsync(one, token) ? null : GerantCandidatureErrors.ReasonUntrue,
        DeclineReason.OfferWithdrawn => await OfferOfAsync(one, token) is { } offer && !offer.IsOpenOn(today) ? null : GerantCandidatureErrors.ReasonUntrue,
        _ => null,
    };

    private async Task<GeranceOffer?> OfferOfAsync(GerantCandidature one, CancellationToken token) =>
        one.OfferId is { } offer ? await session.LoadAsync<GeranceOffer>(offer, token) : null;

    // By somebody in post, or retained for it
    private async Task<bool> IsTakenAsync(GerantCandidature one, CancellationToken token)
    {
        var (id, offer) = (one.Id, one.OfferId);
        return (await OfferOfAsync(one, token) is { Status: GeranceOfferStatus.Filled } filled && filled.FilledBy != id)
            || (offer is not null && await session.Query<GerantCandidature>().AnyAsync(other => other.HeldOfferId == offer && other.Id != id, token));
    }
}
