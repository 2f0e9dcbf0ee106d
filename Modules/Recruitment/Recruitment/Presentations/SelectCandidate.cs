using Carter;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Presentations;

/// <summary>The candidate is retained, after the mairie's yes: the offer waits for them.</summary>
internal sealed record SelectCandidate(Guid Id) : IRequest<Result<PresentationView>>;

internal sealed record SelectCandidateBody;

internal sealed class SelectCandidateEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/selection", (Guid id, SelectCandidateBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new SelectCandidate(id), token).ToHttp())
        .Described(nameof(SelectCandidate), "Retenir un candidat", "Retain a candidate")
        .Noted("Seulement après le oui de la mairie, et un seul par offre : l'offre lui est réservée, puis pourvue quand il est en poste. Prévient les abonnés (`recruitment.gerant.selected`).",
            "Only after the mairie's yes, and one for an offer: the offer is reserved for them, then filled once they are in post. Tells the subscribers (`recruitment.gerant.selected`).")
        .Answers<PresentationView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed, GerantCandidatureErrors.StageNotAllowed, PresentationErrors.NoYes,
            PresentationErrors.OfferTaken, GeranceOfferErrors.AlreadyFilled, GeranceOfferErrors.NotPublished, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class SelectCandidateHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<SelectCandidate, Result<PresentationView>>
{
    public async Task<Result<PresentationView>> Handle(SelectCandidate request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is not { } candidature)
        {
            return await session.MissingAsync(request.Id, cancellationToken);
        }

        var now = time.GetUtcNow();
        if (candidature.MoveTo(GerantStage.Retained, null, actor.Id, now) is var step && step.IsRefused(out var refused))
        {
            return refused;
        }

        // What the mairie said of another offer does not count
        if (await session.Query<Presentation>().SingleOrDefaultAsync(one => one.PresentCandidatureId == candidature.Id, cancellationToken) is not { Answer: MairieAnswer.Yes } found
            || found.OfferId != candidature.OfferId || await session.LoadAsync<Presentation>(found.Id, cancellationToken) is not { Answer: MairieAnswer.Yes } presentation)
        {
            return PresentationErrors.NoYes;
        }

        if (await session.ReserveAsync(presentation.OfferId, candidature.Id, cancellationToken) is { } ended)
        {
            return ended;
        }

        if (await session.Query<GerantCandidature>().AnyAsync(other => other.HeldOfferId == presentation.OfferId, cancellationToken))
        {
            return PresentationErrors.OfferTaken;
        }

        // Written too, so that an answer that is given meanwhile clashes with it
        var selected = presentation.Follow(step.Value) with { SelectedAt = now, Settled = true };
        session.Update(selected);
        session.Update(step.Value);
        await session.AlongAsync(documents => documents.FollowAsync(new(step.Value, actor.Id, now) { AllowedBy = selected.Id }, cancellationToken));
        await session.PublishAsync(new MailCandidateStage(candidature.Id, now));
        await session.PublishAsync(new GerantSelected(candidature.Id, presentation.OfferId, presentation.InseeCode, presentation.Departement, now));
        return await session.CommitAsync(PresentationView.Of(selected, actor.Holder!), cancellationToken, PresentationErrors.OfferTaken);
    }
}
