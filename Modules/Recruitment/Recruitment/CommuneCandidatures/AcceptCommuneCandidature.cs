using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The network takes the commune in: Accompaniment opens a project for it.</summary>
internal sealed record AcceptCommuneCandidature(Guid Id, string? SecondProject) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record AcceptCommuneCandidatureBody(
    [property: Described("Pourquoi un second projet dans une commune que le réseau accompagne déjà", "Why a second project in a commune that the network accompanies already", Example = "\"Le premier café a fermé.\"")] string? SecondProject = null);

internal sealed class AcceptCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/acceptance", (Guid id, AcceptCommuneCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new AcceptCommuneCandidature(id, body?.SecondProject), token).ToHttp())
        .Described(nameof(AcceptCommuneCandidature), "Accepter une candidature", "Accept a candidature")
        .Noted("Ouvre un projet de café et prévient les abonnés (`recruitment.commune-candidature.accepted`), et l'interlocuteur par courriel.",
            "Opens a café project and tells the subscribers (`recruitment.commune-candidature.accepted`), and the contact by mail.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.NotEligible, CommuneCandidatureErrors.Duplicate,
            CommuneCandidatureErrors.CommuneMerged, CommuneCandidatureErrors.CommuneTakenIn, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class AcceptCommuneCandidatureValidator : AbstractValidator<AcceptCommuneCandidature>
{
    public AcceptCommuneCandidatureValidator() => RuleFor(request => request.SecondProject).MaximumLength(4_000);
}

internal sealed class AcceptCommuneCandidatureHandler(ModuleSession<IRecruitmentStore> session, CandidatureGrounds grounds, CurrentActor actor, TimeProvider time)
    : IRequestHandler<AcceptCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(AcceptCommuneCandidature request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<CommuneCandidature>(request.Id, cancellationToken) is not { } before)
        {
            return CommuneCandidatureErrors.Unknown;
        }

        var (now, ground) = (time.GetUtcNow(), grounds.Of(before));
        var again = string.IsNullOrWhiteSpace(request.SecondProject) ? null : request.SecondProject;
        var takenIn = await session.IsTakenInAsync(grounds.CodesOf(ground.Commune), request.Id, cancellationToken);
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.Accept(ground, takenIn, again, actor.Id, now),
            cancellationToken,
            publish: accepted => accepted.ToAccepted(now));
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
