using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The network says no, with a reason that can be told.</summary>
internal sealed record DeclineCommuneCandidature(Guid Id, string Reason) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record DeclineCommuneCandidatureBody(
    [property: Described("Motif, qui peut être dit à la commune", "Reason, which can be told to the commune", Example = "\"Un café a rouvert dans la commune voisine.\"")] string? Reason);

internal sealed class DeclineCommuneCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/refusal", (Guid id, DeclineCommuneCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(new DeclineCommuneCandidature(id, body.Reason!), token).ToHttp())
        .Described(nameof(DeclineCommuneCandidature), "Refuser une candidature", "Decline a candidature")
        .Noted("Le motif est obligatoire : il peut être dit à la commune. Prévient les abonnés (`recruitment.commune-candidature.declined`), et l'interlocuteur par courriel, avec le motif.",
            "The reason is required: it can be told to the commune. Tells the subscribers (`recruitment.commune-candidature.declined`), and the contact by mail, with the reason.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class DeclineCommuneCandidatureValidator : AbstractValidator<DeclineCommuneCandidature>
{
    public DeclineCommuneCandidatureValidator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
}

internal sealed class DeclineCommuneCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<DeclineCommuneCandidature, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(DeclineCommuneCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.Decline(request.Reason, actor.Id, now),
            cancellationToken,
            publish: declined => declined.ToDeclined(now));
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
