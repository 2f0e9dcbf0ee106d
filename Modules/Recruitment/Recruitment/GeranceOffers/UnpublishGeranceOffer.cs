using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Takes an offer back, with a reason; it can be reopened.</summary>
internal sealed record UnpublishGeranceOffer(Guid Id, string Reason) : IRequest<Result<GeranceOfferView>>;

internal sealed record UnpublishGeranceOfferBody(
    [property: Described("Motif du retrait", "Reason of the withdrawal", Example = "\"Les travaux ont pris du retard.\"")] string? Reason);

internal sealed class UnpublishGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerance-offers/{id:guid}/withdrawal", (Guid id, UnpublishGeranceOfferBody body, ISender sender, CancellationToken token) =>
            sender.Send(new UnpublishGeranceOffer(id, body.Reason!), token).ToHttp())
        .Described(nameof(UnpublishGeranceOffer), "Retirer une offre de gérance", "Withdraw a gérance offer")
        .Noted("Un brouillon peut l'être aussi, quand le café ne continue pas : personne n'en est prévenu, et le rouvrir en refait un brouillon. Une offre publiée prévient les abonnés (`recruitment.gerance-offer.unpublished`). Refusé quand une candidature est retenue pour l'offre : dites d'abord au candidat ce qu'il en est.",
            "A draft can be withdrawn too, when the café does not go on: nobody is told, and reopening makes it a draft again. A published offer tells the subscribers (`recruitment.gerance-offer.unpublished`). Refused when a candidature is retained for the offer: tell the candidate first how things are.")
        .Answers<GeranceOfferView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.NotPublished, PresentationErrors.OfferTaken, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class UnpublishGeranceOfferValidator : AbstractValidator<UnpublishGeranceOffer>
{
    public UnpublishGeranceOfferValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class UnpublishGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<UnpublishGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(UnpublishGeranceOffer request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.EndUnreservedAsync(
            request.Id, offer => offer.Unpublish(request.Reason, actor.Id, now), unpublished => unpublished.PublishedAt is null ? null : unpublished.ToUnpublished(), cancellationToken);
        return decision.Select(GeranceOfferView.Of);
    }
}
