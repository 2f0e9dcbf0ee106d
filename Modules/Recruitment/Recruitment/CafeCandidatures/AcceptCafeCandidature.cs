using Carter;
using FluentValidation;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The network takes the café in: Accompaniment opens a project that starts with a diagnosis.</summary>
internal sealed record AcceptCafeCandidature(Guid Id, string? SecondProject) : IRequest<Result<CafeCandidatureView>>;

internal sealed record AcceptCafeCandidatureBody(
    [property: Described("Pourquoi un second projet pour un café que le réseau accompagne déjà", "Why a second project for a café that the network accompanies already", Example = "\"Le premier projet s'est arrêté.\"")] string? SecondProject = null);

internal sealed class AcceptCafeCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/cafe-candidatures/{id:guid}/acceptance", (Guid id, AcceptCafeCandidatureBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new AcceptCafeCandidature(id, body?.SecondProject), token).ToHttp())
        .Described(nameof(AcceptCafeCandidature), "Accepter la candidature d'un café", "Accept the candidature of a café")
        .Noted("Ouvre un projet de café, qui commence par un diagnostic, et prévient les abonnés (`recruitment.cafe-candidature.accepted`).",
            "Opens a café project, which starts with a diagnosis, and tells the subscribers (`recruitment.cafe-candidature.accepted`).")
        .Answers<CafeCandidatureView>()
        .Refuses(CommonErrors.Malformed, CafeCandidatureErrors.Unknown, CafeCandidatureErrors.UnknownCommune, CafeCandidatureErrors.CommuneMerged, CafeCandidatureErrors.NotEligible,
            CafeCandidatureErrors.CafeTakenIn, CafeCandidatureErrors.OtherLastCafe, CafeCandidatureErrors.AlreadyAccepted,
            CafeCandidatureErrors.AlreadyDeclined, CafeCandidatureErrors.AlreadyWithdrawn, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class AcceptCafeCandidatureValidator : AbstractValidator<AcceptCafeCandidature>
{
    public AcceptCafeCandidatureValidator() => RuleFor(request => request.SecondProject).MaximumLength(4_000);
}

internal sealed class AcceptCafeCandidatureHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<AcceptCafeCandidature, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(AcceptCafeCandidature request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<CafeCandidature>(request.Id, cancellationToken) is not { } before)
        {
            return CafeCandidatureErrors.Unknown;
        }

        var now = time.GetUtcNow();
        var (id, siret) = (before.Id, before.Siret);
        var again = string.IsNullOrWhiteSpace(request.SecondProject) ? null : request.SecondProject;
        var takenIn = await session.Query<CafeCandidature>()
            .AnyAsync(other => other.Siret == siret && other.Status == CafeCandidatureStatus.Accepted && other.Id != id, cancellationToken);
        var isNotLast = again is null && before.Facts.LastCafeOfCommune && await session.OtherLastCafeIsInAsync(before, cancellationToken);
        var decision = await session.DecideAsync<CafeCandidature>(
            request.Id,
            CafeCandidatureErrors.Unknown,
            candidature => communes.Find(candidature.InseeCode) is { Commune: { } commune }
                ? candidature.Accept(commune, takenIn, again, actor.Id, now).Then<CafeCandidature>(accepted => isNotLast ? CafeCandidatureErrors.OtherLastCafe : accepted)
                : CafeCandidatureErrors.UnknownCommune,
            cancellationToken,
            publish: accepted => accepted.ToAccepted(now));
        return decision.Select(candidature => CafeCandidatureView.Of(candidature, actor.Holder!));
    }
}
