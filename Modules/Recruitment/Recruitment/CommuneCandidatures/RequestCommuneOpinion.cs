using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The team asks somebody, such as the antenne, for an opinion.</summary>
internal sealed record RequestCommuneOpinion(Guid Id, string Whom, string Question, DateOnly? DueOn, Antenne? Antenne = null) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record RequestCommuneOpinionBody(
    [property: Described("À qui l'avis est demandé", "Whose opinion is asked for", Example = "\"Antenne Occitanie\"")] string? Whom,
    [property: Described("La question", "The question", Example = "\"Le local convient-il à un bar ?\"")] string? Question,
    [property: Described("Dernier jour pour répondre", "Last day to answer", Example = "\"2031-05-02\"")] DateOnly? DueOn,
    [property: Described("L'antenne, quand c'est à elle : ses référents donnent l'avis, où que soit la commune", "The antenne, when it is its: its référents give the opinion, wherever the commune is")] Antenne? Antenne = null);

internal sealed class RequestCommuneOpinionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/opinion-request", (Guid id, RequestCommuneOpinionBody body, ISender sender, CancellationToken token) =>
            sender.Send(new RequestCommuneOpinion(id, body.Whom!, body.Question!, body.DueOn, body.Antenne), token).ToHttp())
        .Described(nameof(RequestCommuneOpinion), "Demander un avis", "Ask for an opinion")
        .Noted("Plusieurs avis peuvent être demandés à la fois ; chacun a son identifiant.",
            "Several opinions can be asked for at once; each has its id.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class RequestCommuneOpinionValidator : AbstractValidator<RequestCommuneOpinion>
{
    public RequestCommuneOpinionValidator(TimeProvider time)
    {
        RuleFor(request => request.Whom).NotEmpty().MaximumLength(200);
        RuleFor(request => request.Antenne).IsInEnum();
        RuleFor(request => request.Question).NotEmpty().MaximumLength(4_000);
        RuleFor(request => request.DueOn).ComingDay(time);
    }
}

internal sealed class RequestCommuneOpinionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<RequestCommuneOpinion, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(RequestCommuneOpinion request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var opinion = new Opinion(Guid.CreateVersion7(now), request.Whom, request.Question, request.DueOn!.Value, actor.Id, now) { Antenne = request.Antenne };
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.RequestOpinion(opinion),
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
