using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A retained candidate has been through the initial training.</summary>
internal sealed record TrainGerant(Guid Id, DateTimeOffset? CompletedAt, Guid? SessionId) : IRequest<Result<GerantCandidatureView>>;

internal sealed record TrainGerantBody(
    [property: Described("Fin de la formation ; sans cela ni session, celle d'avant la sélection, ou maintenant", "When it was completed; without it and without a session, that of before the selection, or now", Example = DescribedAttribute.Yesterday)] DateTimeOffset? CompletedAt = null,
    [property: Described("La session suivie, si elle est connue", "The session, if it is known")] Guid? SessionId = null);

internal sealed class TrainGerantEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/training", (Guid id, TrainGerantBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new TrainGerant(id, body?.CompletedAt, body?.SessionId), token).ToHttp())
        .Described(nameof(TrainGerant), "Dire un candidat formé", "Say that a candidate is trained")
        .Noted("Une session de formation du réseau le dit d'elle-même.",
            "A training session of the network says so by itself.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed,
            GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class TrainGerantValidator : AbstractValidator<TrainGerant>
{
    public TrainGerantValidator(TimeProvider time) => RuleFor(request => request.CompletedAt).Passed(time);
}

internal sealed class TrainGerantHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<TrainGerant, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(TrainGerant request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.ActAsync(
            request.Id, candidature => candidature.Train(request.SessionId, request.CompletedAt?.ToUniversalTime(), actor.Id, now), cancellationToken,
            publish: moved => new MailCandidateStage(moved.Id, now),
            along: (moved, documents) => documents.FollowAsync(new(moved, actor.Id, now), cancellationToken));
        return decision.Select(moved => GerantCandidatureView.Of(moved, actor.Holder!));
    }
}
