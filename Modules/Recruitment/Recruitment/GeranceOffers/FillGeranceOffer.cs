using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Somebody was found; the offer is no longer open.</summary>
internal sealed record FillGeranceOffer(Guid Id, Guid? CandidatureId) : IRequest<Result<GeranceOfferView>>;

internal sealed record FillGeranceOfferBody(
    [property: Described("La candidature retenue, si c'en est une", "The candidature that was retained, if it is one")] Guid? CandidatureId = null);

internal sealed class FillGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerance-offers/{id:guid}/filling", (Guid id, FillGeranceOfferBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new FillGeranceOffer(id, body?.CandidatureId), token).ToHttp())
        .Described(nameof(FillGeranceOffer), "Dire une offre de gérance pourvue", "Say that a gérance offer is filled")
        .Noted("Sans candidature, pour quelqu'un que le réseau n'a pas vu candidater. Quand une candidature est retenue pour l'offre, il faut la nommer ; sa mise en poste pourvoit l'offre d'elle-même.",
            "Without a candidature, for somebody who did not apply to the network. When a candidature is retained for the offer, it has to be named; putting it in post fills the offer by itself.")
        .Answers<GeranceOfferView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.NotPublished, GeranceOfferErrors.AlreadyFilled,
            GeranceOfferErrors.UnknownCandidature, GeranceOfferErrors.NotRetained, PresentationErrors.OfferTaken, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class FillGeranceOfferValidator : AbstractValidator<FillGeranceOffer>
{
    public FillGeranceOfferValidator() => RuleFor(request => request.CandidatureId).NotEqual(Guid.Empty).WithErrorCode("not_empty");
}

internal sealed class FillGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<FillGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(FillGeranceOffer request, CancellationToken cancellationToken)
    {
        if (request.CandidatureId is { } named && await session.LoadAsync<GerantCandidature>(named, cancellationToken) is var candidature && candidature?.HeldOfferId != request.Id)
        {
            return candidature is null ? GeranceOfferErrors.UnknownCandidature : GeranceOfferErrors.NotRetained;
        }

        var (id, now) = (request.Id, time.GetUtcNow());
        if (request.CandidatureId is null && await session.Query<GerantCandidature>().AnyAsync(one => one.HeldOfferId == id, cancellationToken))
        {
            return PresentationErrors.OfferTaken;
        }

        var decision = await session.DecideAsync<GeranceOffer>(
            request.Id,
            GeranceOfferErrors.Unknown,
            offer => offer.Fill(request.CandidatureId, actor.Id, now),
            cancellationToken,
            publish: filled => filled.ToFilled());
        return decision.Select(GeranceOfferView.Of);
    }
}
