using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A trained candidate takes the post that the offer was for.</summary>
internal sealed record InstallGerant(Guid Id, DateOnly? StartsOn, Guid? CafeId) : IRequest<Result<GerantCandidatureView>>;

internal sealed record InstallGerantBody(
    [property: Described("Premier jour en poste", "First day in post")] DateOnly? StartsOn,
    [property: Described("Le café ; celui de l'offre sans cela", "The café; that of the offer without it")] Guid? CafeId = null);

internal sealed class InstallGerantEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/installation", (Guid id, InstallGerantBody body, ISender sender, CancellationToken token) =>
            sender.Send(new InstallGerant(id, body.StartsOn, body.CafeId), token).ToHttp())
        .Described(nameof(InstallGerant), "Mettre un gérant en poste", "Put a gérant in post")
        .Noted("Fin du parcours, qui pourvoit l'offre ; les abonnés l'apprennent (`recruitment.gerant.in-post`, `recruitment.gerance-offer.filled`).",
            "The end of the path, which fills the offer; the subscribers are told (`recruitment.gerant.in-post`, `recruitment.gerance-offer.filled`).")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed, GerantCandidatureErrors.StageNotAllowed, GerantCandidatureErrors.NoOffer,
            GeranceOfferErrors.AlreadyFilled, GeranceOfferErrors.NotPublished, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class InstallGerantValidator : AbstractValidator<InstallGerant>
{
    public InstallGerantValidator(TimeProvider time)
    {
        RuleFor(request => request.StartsOn).NotNull();
        RuleFor(request => request.StartsOn).NotLongAgo(time).NotFarAway(time);
    }
}

internal sealed class InstallGerantHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<InstallGerant, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(InstallGerant request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is not { } candidature)
        {
            return await session.MissingAsync(request.Id, cancellationToken);
        }

        if (candidature.OfferId is not { } id || await session.LoadAsync<GeranceOffer>(id, cancellationToken) is not { } offer)
        {
            return GerantCandidatureErrors.NoOffer;
        }

        var now = time.GetUtcNow();
        var decision = candidature.Install(request.CafeId ?? offer.CafeId, request.StartsOn!.Value, actor.Id, now);
        if (decision.IsRefused(out var refused))
        {
            return refused;
        }

        var filled = offer.IsFilledBy(candidature.Id) ? offer : offer.Fill(candidature.Id, actor.Id, now);
        if (filled.IsRefused(out refused))
        {
            return refused;
        }

        session.Update(decision.Value);
        await session.AlongAsync(documents => documents.FollowAsync(new(decision.Value, actor.Id, now), cancellationToken));
        if (session.Update(filled.Value))
        {
            await session.PublishAsync(filled.Value.ToFilled());
        }
        else
        {
            // Filled before, and not to be reopened meanwhile
            session.Claim(offer);
        }

        await session.PublishAsync(decision.Value.ToInPost(offer, now));
        await session.PublishAsync(new MailCandidateStage(candidature.Id, now));
        return await session.CommitAsync(GerantCandidatureView.Of(decision.Value, actor.Holder!), cancellationToken);
    }
}
