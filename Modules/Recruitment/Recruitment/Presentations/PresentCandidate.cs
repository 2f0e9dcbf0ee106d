using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Presentations;

/// <summary>Presents a candidate to the mairie of the offer's commune.</summary>
internal sealed record PresentCandidate(
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid? CandidatureId,
    [property: Described("Ce que l'équipe dit du candidat à la mairie", "What the team tells the mairie of the candidate")] string? Message = null) : IRequest<Result<PresentationView>>;

internal sealed class PresentCandidateEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/presentations", (PresentCandidate body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(presentation => $"/v1/recruitment/presentations/{presentation.Id}"))
        .Described(nameof(PresentCandidate), "Présenter un candidat à la mairie", "Present a candidate to the mairie")
        .Noted("La candidature passe à l'étape « presented » ; la clé de la mairie la voit désormais, et les abonnés l'apprennent (`recruitment.candidate.presented`). Présenter de nouveau, après une correction ou pour une autre offre, recommence les réponses.",
            "The candidature comes to the stage “presented”; the mairie's key sees it from now on, and the subscribers are told (`recruitment.candidate.presented`). To present again, after a correction or for another offer, begins the answers anew.")
        .Answers<PresentationView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed, GerantCandidatureErrors.StageNotAllowed, GeranceOfferErrors.Unknown,
            GeranceOfferErrors.AlreadyFilled, GeranceOfferErrors.NotPublished, PresentationErrors.WithoutOffer, PresentationErrors.AlreadyThere, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class PresentCandidateValidator : AbstractValidator<PresentCandidate>
{
    public PresentCandidateValidator()
    {
        RuleFor(request => request.CandidatureId).NotEmpty();
        RuleFor(request => request.Message).MaximumLength(8_000);
    }
}

internal sealed class PresentCandidateHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<PresentCandidate, Result<PresentationView>>
{
    public async Task<Result<PresentationView>> Handle(PresentCandidate request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.CandidatureId!.Value, cancellationToken) is not { } candidature)
        {
            return await session.MissingAsync(request.CandidatureId!.Value, cancellationToken);
        }

        if (candidature.OfferId is not { } offerId)
        {
            return PresentationErrors.WithoutOffer;
        }

        if (await session.LoadAsync<GeranceOffer>(offerId, cancellationToken) is not { } offer)
        {
            return GeranceOfferErrors.Unknown;
        }

        if (offer.RefusalFor(candidature.Id) is { } ended)
        {
            return ended;
        }

        var now = time.GetUtcNow();
        if (candidature.MoveTo(GerantStage.Presented, null, actor.Id, now) is var step && step.IsRefused(out var refused))
        {
            return refused;
        }

        // Ahead of the new one: the one that it replaces is stored first
        await session.AlongAsync(documents => documents.FollowAsync(new(step.Value, actor.Id, now) { Begins = typeof(Presentation) }, cancellationToken));
        var presentation = new Presentation
        {
            Id = Guid.CreateVersion7(now),
            CandidatureId = candidature.Id,
            OfferId = offer.Id,
            InseeCode = offer.InseeCode,
            Departement = offer.Departement,
            PresentedAt = now,
            PresentedBy = actor.Id,
            Message = request.Message,
        };
        session.Insert(presentation);
        session.Update(step.Value);
        await session.PublishAsync(new MailCandidateStage(candidature.Id, now));
        await session.PublishAsync(presentation.ToPresented(now));
        return await session.CommitAsync(PresentationView.Of(presentation, actor.Holder!), cancellationToken, PresentationErrors.AlreadyThere);
    }
}
