using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The network takes the commune in: Accompaniment opens a project for it.</summary>
internal sealed record AcceptCommuneCandidature(Guid Id) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record AcceptCommuneCandidatureBody;

internal sealed class AcceptCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/acceptance", (Guid id, AcceptCommuneCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new AcceptCommuneCandidature(id), token).ToHttp())
        .Described(nameof(AcceptCommuneCandidature), "Accepter une candidature", "Accept a candidature")
        .Noted("Ouvre un projet de café et prévient les abonnés (`recruitment.commune-candidature.accepted`).",
            "Opens a café project and tells the subscribers (`recruitment.commune-candidature.accepted`).")
        .Answers<CommuneCandidatureView>()
        .Refuses(CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.NotEligible, CommuneCandidatureErrors.AlreadyAccepted,
            CommuneCandidatureErrors.AlreadyDeclined, CommuneCandidatureErrors.AlreadyWithdrawn, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class AcceptCommuneCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<AcceptCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(AcceptCommuneCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.Accept(actor.Id, now),
            cancellationToken,
            publish: accepted => accepted.ToAccepted(now));
        return decision.Select(CommuneCandidatureView.Of);
    }
}
