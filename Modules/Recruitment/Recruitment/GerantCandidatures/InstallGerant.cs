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
        .Noted("Fin du parcours ; les abonnés l'apprennent (`recruitment.gerant.in-post`).",
            "The end of the path; the subscribers are told (`recruitment.gerant.in-post`).")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.NotConfirmed, GerantCandidatureErrors.StageNotAllowed, GerantCandidatureErrors.NoOffer,
            CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class InstallGerantValidator : AbstractValidator<InstallGerant>
{
    public InstallGerantValidator() => RuleFor(request => request.StartsOn).NotNull();
}

internal sealed class InstallGerantHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<InstallGerant, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(InstallGerant request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.Id, cancellationToken) is not { } candidature)
        {
            return GerantCandidatureErrors.Unknown;
        }

        var now = time.GetUtcNow();
        var offer = candidature.OfferId is { } id ? await session.LoadAsync<GeranceOffer>(id, cancellationToken) : null;
        var decision = offer is null ? GerantCandidatureErrors.NoOffer : candidature.Install(request.CafeId ?? offer.CafeId, request.StartsOn!.Value, actor.Id, now);
        if (decision.IsRefused(out var refused))
        {
            return refused;
        }

        session.Update(decision.Value);
        await session.AlongAsync(documents => documents.FollowAsync(new(decision.Value, actor.Id, now), cancellationToken));
        await session.PublishAsync(decision.Value.ToInPost(offer!, now));
        await session.PublishAsync(new MailCandidateStage(candidature.Id, now));
        return await session.CommitAsync(GerantCandidatureView.Of(decision.Value, actor.Holder!), cancellationToken);
    }
}
