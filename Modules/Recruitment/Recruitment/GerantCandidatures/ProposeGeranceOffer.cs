using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The team thinks of an offer for a candidate, who applied for none or for another.</summary>
internal sealed record ProposeGeranceOffer(Guid Id, Guid? OfferId, string? Reason) : IRequest<Result<GerantCandidatureView>>;

internal sealed record ProposeGeranceOfferBody(
    [property: Described("L'offre publiée", "The published offer")] Guid? OfferId,
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"À dix kilomètres de chez lui.\"")] string? Reason = null);

internal sealed class ProposeGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/offer", (Guid id, ProposeGeranceOfferBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ProposeGeranceOffer(id, body.OfferId, body.Reason), token).ToHttp())
        .Described(nameof(ProposeGeranceOffer), "Proposer une offre à un candidat", "Propose an offer to a candidate")
        .Noted("Avant la présentation à une mairie. L'offre d'avant reste dans l'historique.",
            "Before the presentation to a mairie. The offer before stays in the history.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GeranceOfferErrors.Unknown, GeranceOfferErrors.NotPublished, GerantCandidatureErrors.NotConfirmed,
            GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ProposeGeranceOfferValidator : AbstractValidator<ProposeGeranceOffer>
{
    public ProposeGeranceOfferValidator()
    {
        RuleFor(request => request.OfferId).NotNull();
        RuleFor(request => request.Reason).MaximumLength(4_000);
    }
}

internal sealed class ProposeGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, Antennes antennes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ProposeGeranceOffer, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(ProposeGeranceOffer request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is null)
        {
            return await session.MissingAsync(request.Id, cancellationToken);
        }

        if (await session.LoadAsync<GeranceOffer>(request.OfferId!.Value, cancellationToken) is not { } offer)
        {
            return GeranceOfferErrors.Unknown;
        }

        var now = time.GetUtcNow();
        if (!offer.IsOpenOn(LocalDays.Of(now)))
        {
            return GeranceOfferErrors.NotPublished;
        }

        var decision = await session.ActAsync(
            request.Id, candidature => candidature.Propose(offer, antennes, request.Reason, actor.Id, now), cancellationToken,
            along: (proposed, documents) => documents.FollowAsync(new(proposed, actor.Id, now), cancellationToken));
        return decision.Select(proposed => GerantCandidatureView.Of(proposed, actor.Holder!));
    }
}
