using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Publishes an offer again that was withdrawn, expired or filled; a draft that was withdrawn is a draft again.</summary>
internal sealed record ReopenGeranceOffer(Guid Id, DateOnly? ExpiresOn, string? Reason) : IRequest<Result<GeranceOfferView>>;

internal sealed record ReopenGeranceOfferBody(
    [property: Described("Nouveau dernier jour, en France ; celui d'avant s'il n'est pas passé", "New last day, in France; the one before if it has not passed", Example = "null")] DateOnly? ExpiresOn = null,
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"La candidate retenue s'est désistée.\"")] string? Reason = null);

internal sealed class ReopenGeranceOfferEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerance-offers/{id:guid}/reopening", (Guid id, ReopenGeranceOfferBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new ReopenGeranceOffer(id, body?.ExpiresOn, body?.Reason), token).ToHttp())
        .Described(nameof(ReopenGeranceOffer), "Rouvrir une offre de gérance", "Reopen a gérance offer")
        .Noted("Les abonnés l'apprennent comme une publication. Un brouillon retiré redevient un brouillon. Refusé tant que son gérant est en poste.",
            "Subscribers hear of it as of a publication. A draft that was withdrawn is a draft again. Refused while its gérant is in post.")
        .Answers<GeranceOfferView>()
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.NotEnded, GeranceOfferErrors.GerantInPost, GeranceOfferErrors.Incomplete,
            GeranceOfferErrors.ExpiryPassed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ReopenGeranceOfferValidator : AbstractValidator<ReopenGeranceOffer>
{
    public ReopenGeranceOfferValidator() => RuleFor(request => request.Reason).MaximumLength(4_000);
}

internal sealed class ReopenGeranceOfferHandler(ModuleSession<IRecruitmentStore> session, OfferSettings settings, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ReopenGeranceOffer, Result<GeranceOfferView>>
{
    public async Task<Result<GeranceOfferView>> Handle(ReopenGeranceOffer request, CancellationToken cancellationToken)
    {
        var (id, now) = (request.Id, time.GetUtcNow());
        // Whoever leaves on a day to come is still there
        var posts = await session.Query<GerantCandidature>().Where(one => one.OfferId == id && one.Stage == GerantStage.InPost && one.DeletedAt == null).ToListAsync(cancellationToken);
        if (posts.Any(gerant => gerant.Installation?.EndedOn is not { } lastDay || lastDay > LocalDays.Of(now)))
        {
            return GeranceOfferErrors.GerantInPost;
        }

        var decision = await session.DecideAsync<GeranceOffer>(
            request.Id,
            GeranceOfferErrors.Unknown,
            offer => offer.Reopen(request.ExpiresOn, request.Reason, LocalDays.Of(now), settings.OpenDays, actor.Id, now),
            cancellationToken,
            publish: reopened => reopened.Status == GeranceOfferStatus.Published ? reopened.ToPublished() : null);
        return decision.Select(GeranceOfferView.Of);
    }
}
