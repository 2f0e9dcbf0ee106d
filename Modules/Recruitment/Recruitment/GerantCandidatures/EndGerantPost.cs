using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A gérant has left their post.</summary>
internal sealed record EndGerantPost(Guid Id, DateOnly? EndedOn) : IRequest<Result<GerantCandidatureView>>;

internal sealed record EndGerantPostBody(
    [property: Described("Dernier jour en poste, passé ou aujourd'hui", "Last day in post, past or today", Example = "\"2026-09-30\"")] DateOnly? EndedOn);

internal sealed class EndGerantPostEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/post-end", (Guid id, EndGerantPostBody body, ISender sender, CancellationToken token) =>
            sender.Send(new EndGerantPost(id, body.EndedOn), token).ToHttp())
        .Described(nameof(EndGerantPost), "Noter le départ d'un gérant", "Note that a gérant has left")
        .Noted("La durée de conservation court à partir de ce jour. Un départ annoncé par le suivi du café est noté de lui-même ; cet acte corrige aussi le jour.",
            "The time that the data is kept runs from this day. A departure that the café's follow-up tells of is noted by itself; this act corrects the day too.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.StageNotAllowed, GerantCandidatureErrors.PostEndsBeforeStart, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class EndGerantPostValidator : AbstractValidator<EndGerantPost>
{
    public EndGerantPostValidator(TimeProvider time)
    {
        RuleFor(request => request.EndedOn).NotNull();
        RuleFor(request => request.EndedOn).PastDay(time);
    }
}

internal sealed class EndGerantPostHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<EndGerantPost, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(EndGerantPost request, CancellationToken cancellationToken)
    {
        var decision = await session.ActAsync(
            request.Id, candidature => candidature.EndPost(request.EndedOn!.Value, actor.Id, time.GetUtcNow()), cancellationToken);
        return decision.Select(left => GerantCandidatureView.Of(left, actor.Holder!));
    }
}
