using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>What was declined or withdrawn is studied again.</summary>
internal sealed record ReopenCommuneCandidature(Guid Id, string Reason) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record ReopenCommuneCandidatureBody(
    [property: Described("Motif de la réouverture", "Reason of the reopening", Example = "\"Un nouveau local est trouvé.\"")] string? Reason);

internal sealed class ReopenCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/reopening", (Guid id, ReopenCommuneCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ReopenCommuneCandidature(id, body.Reason!), token).ToHttp())
        .Described(nameof(ReopenCommuneCandidature), "Rouvrir une candidature", "Reopen a candidature")
        .Noted("Une candidature acceptée ne se rouvre pas : elle vit dans le projet de café. Prévient les abonnés (`recruitment.commune-candidature.reopened`).",
            "An accepted candidature is not reopened: it lives on in the café project. Tells the subscribers (`recruitment.commune-candidature.reopened`).")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.NotClosed, CommuneCandidatureErrors.AlreadyAccepted, CommuneCandidatureErrors.AlreadyMerged, CommuneCandidatureErrors.AlreadyOpen, CommonErrors.ChangedMeanwhile])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ReopenCommuneCandidatureValidator : AbstractValidator<ReopenCommuneCandidature>
{
    public ReopenCommuneCandidatureValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class ReopenCommuneCandidatureHandler(ModuleSession<IRecruitmentStore> session, CandidatureGrounds grounds, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ReopenCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(ReopenCommuneCandidature request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<CommuneCandidature>(request.Id, cancellationToken) is not { } before)
        {
            return CommuneCandidatureErrors.Unknown;
        }

        var (now, ground) = (time.GetUtcNow(), grounds.Of(before));
        var other = await session.FindOpenAsync(ground.Commune.InseeCode, request.Id, cancellationToken);
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.Reopen(request.Reason, ground, other, actor.Id, now),
            cancellationToken,
            publish: reopened => reopened.ToReopened(now),
            onDuplicate: CommuneCandidatureErrors.AlreadyOpen);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
