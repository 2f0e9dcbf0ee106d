using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The network says no, with a reason that can be told.</summary>
internal sealed record DeclineCafeCandidature(Guid Id, string Reason) : IRequest<Result<CafeCandidatureView>>;

internal sealed record DeclineCafeCandidatureBody(
    [property: Described("Motif", "Reason", Example = "\"Le café voisin a rouvert.\"")] string? Reason);

internal sealed class DeclineCafeCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/cafe-candidatures/{id:guid}/refusal", (Guid id, DeclineCafeCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(new DeclineCafeCandidature(id, body.Reason!), token).ToHttp())
        .Described(nameof(DeclineCafeCandidature), "Refuser la candidature d'un café", "Decline the candidature of a café")
        .Noted("Le motif est obligatoire : il est dit au contact du café. Prévient les abonnés (`recruitment.cafe-candidature.declined`).",
            "The reason is required: it is told to the café's contact. Tells the subscribers (`recruitment.cafe-candidature.declined`).")
        .Answers<CafeCandidatureView>()
        .Refuses(CommonErrors.Malformed, CafeCandidatureErrors.Unknown, CafeCandidatureErrors.AlreadyAccepted,
            CafeCandidatureErrors.AlreadyDeclined, CafeCandidatureErrors.AlreadyWithdrawn, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class DeclineCafeCandidatureValidator : AbstractValidator<DeclineCafeCandidature>
{
    public DeclineCafeCandidatureValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class DeclineCafeCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<DeclineCafeCandidature, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(DeclineCafeCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<CafeCandidature>(
            request.Id,
            CafeCandidatureErrors.Unknown,
            candidature => candidature.Decline(request.Reason, actor.Id, now),
            cancellationToken,
            publish: declined => declined.ToDeclined(now));
        return decision.Select(candidature => CafeCandidatureView.Of(candidature, actor.Holder!));
    }
}
