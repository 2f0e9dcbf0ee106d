using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The team tells what it found.</summary>
internal sealed record ReportCommuneVisit(Guid Id, string Report, DateOnly? On) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record ReportCommuneVisitBody(
    [property: Described("Le compte rendu", "The report", Example = "\"Le local est sain ; le logement est à rafraîchir.\"")] string? Report,
    [property: Described("Jour où elle a eu lieu ; aujourd'hui sinon", "Day on which it took place; otherwise today", Example = "\"2023-03-14\"")] DateOnly? On = null);

internal sealed class ReportCommuneVisitEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/visit-report", (Guid id, ReportCommuneVisitBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ReportCommuneVisit(id, body.Report!, body.On), token).ToHttp())
        .Described(nameof(ReportCommuneVisit), "Rendre compte d'une visite", "Report a visit")
        .Noted("La visite doit avoir été prévue.",
            "The visit has to have been planned.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommuneCandidatureErrors.NoVisitPlanned, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ReportCommuneVisitValidator : AbstractValidator<ReportCommuneVisit>
{
    public ReportCommuneVisitValidator(TimeProvider time)
    {
        RuleFor(request => request.Report).NotEmpty().MaximumLength(4_000);
        RuleFor(request => request.On).PastDay(time);
    }
}

internal sealed class ReportCommuneVisitHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ReportCommuneVisit, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(ReportCommuneVisit request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.ReportVisit(request.On ?? time.Today(), request.Report, actor.Id, time.GetUtcNow()),
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
