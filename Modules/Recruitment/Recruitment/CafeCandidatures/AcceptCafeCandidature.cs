using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The network takes the café in: Accompaniment opens a project that starts with a diagnosis.</summary>
internal sealed record AcceptCafeCandidature(Guid Id) : IRequest<Result<CafeCandidatureView>>;

internal sealed record AcceptCafeCandidatureBody;

internal sealed class AcceptCafeCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/cafe-candidatures/{id:guid}/acceptance", (Guid id, AcceptCafeCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new AcceptCafeCandidature(id), token).ToHttp())
        .Described(nameof(AcceptCafeCandidature), "Accepter la candidature d'un café", "Accept the candidature of a café")
        .Noted("Ouvre un projet de café, qui commence par un diagnostic, et prévient les abonnés (`recruitment.cafe-candidature.accepted`).",
            "Opens a café project, which starts with a diagnosis, and tells the subscribers (`recruitment.cafe-candidature.accepted`).")
        .Answers<CafeCandidatureView>()
        .Refuses(CommonErrors.Malformed, CafeCandidatureErrors.Unknown, CafeCandidatureErrors.NotEligible, CafeCandidatureErrors.AlreadyAccepted,
            CafeCandidatureErrors.AlreadyDeclined, CafeCandidatureErrors.AlreadyWithdrawn, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class AcceptCafeCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<AcceptCafeCandidature, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(AcceptCafeCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<CafeCandidature>(
            request.Id,
            CafeCandidatureErrors.Unknown,
            candidature => candidature.Accept(actor.Id, now),
            cancellationToken,
            publish: accepted => accepted.ToAccepted(now));
        return decision.Select(CafeCandidatureView.Of);
    }
}
