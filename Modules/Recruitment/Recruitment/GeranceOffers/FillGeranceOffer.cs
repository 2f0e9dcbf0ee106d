using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
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
        .Answers<GeranceOfferView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.NotPublished, GeranceOfferErrors.AlreadyFilled,
            GeranceOfferErrors.UnknownCandidature, CommonErrors.ChangedMeanwhile)
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
        if (request.CandidatureId is { } candidature && await session.LoadAsync<GerantCandidature>(candidature, cancellationToken) is null)
        {
            return GeranceOfferErrors.UnknownCandidature;
        }

        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<GeranceOffer>(
            request.Id,
            GeranceOfferErrors.Unknown,
            offer => offer.Fill(request.CandidatureId, actor.Id, now),
            cancellationToken,
            publish: filled => filled.ToFilled());
        return decision.Select(GeranceOfferView.Of);
    }
}
