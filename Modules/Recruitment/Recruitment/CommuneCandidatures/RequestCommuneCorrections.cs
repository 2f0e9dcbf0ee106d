using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The team asks the mairie to correct or complete its file.</summary>
internal sealed record RequestCommuneCorrections(Guid Id, string What, DateOnly? DueOn) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record RequestCommuneCorrectionsBody(
    [property: Described("Ce qu'il faut corriger ou compléter", "What to correct or complete", Example = "\"Il manque la surface du local.\"")] string? What,
    [property: Described("Dernier jour pour répondre", "Last day to answer", Example = "\"2031-05-02\"")] DateOnly? DueOn);

internal sealed class RequestCommuneCorrectionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/correction-request", (Guid id, RequestCommuneCorrectionsBody body, ISender sender, CancellationToken token) =>
            sender.Send(new RequestCommuneCorrections(id, body.What!, body.DueOn), token).ToHttp())
        .Described(nameof(RequestCommuneCorrections), "Demander des corrections", "Request corrections")
        .Noted("Une demande à la fois ; la candidature attend alors la mairie. Prévient les abonnés (`recruitment.commune-candidature.corrections-requested`), et l'interlocuteur par courriel, avec la demande.",
            "One request at a time; the candidature then waits for the mairie. Tells the subscribers (`recruitment.commune-candidature.corrections-requested`), and the contact by mail, with what is asked for.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.CorrectionsPending, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class RequestCommuneCorrectionsValidator : AbstractValidator<RequestCommuneCorrections>
{
    public RequestCommuneCorrectionsValidator(TimeProvider time)
    {
        RuleFor(request => request.What).NotEmpty().MaximumLength(4_000);
        RuleFor(request => request.DueOn).ComingDay(time);
    }
}

internal sealed class RequestCommuneCorrectionsHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<RequestCommuneCorrections, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(RequestCommuneCorrections request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.RequestCorrections(request.What, request.DueOn!.Value, actor.Id, now),
            cancellationToken,
            publish: asked => asked.ToCorrectionsRequested(now));
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
