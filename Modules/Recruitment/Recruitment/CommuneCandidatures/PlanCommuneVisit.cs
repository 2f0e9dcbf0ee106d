using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The team says on which day it comes to see the premises and the people.</summary>
internal sealed record PlanCommuneVisit(Guid Id, DateOnly? On) : IRequest<Result<CommuneCandidatureView>>;

internal sealed record PlanCommuneVisitBody(
    [property: Described("Jour de la visite", "Day of the visit", Example = "\"2031-05-02\"")] DateOnly? On);

internal sealed class PlanCommuneVisitEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/visit-plan", (Guid id, PlanCommuneVisitBody body, ISender sender, CancellationToken token) =>
            sender.Send(new PlanCommuneVisit(id, body.On), token).ToHttp())
        .Described(nameof(PlanCommuneVisit), "Prévoir une visite", "Plan a visit")
        .Noted("Une visite prévue peut être déplacée de la même façon.",
            "A planned visit is moved in the same way.")
        .Answers<CommuneCandidatureView>()
        .Refuses([CommonErrors.Malformed, CommuneCandidatureErrors.Unknown, CommonErrors.ChangedMeanwhile, .. CommuneCandidatureErrors.Closed])
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class PlanCommuneVisitValidator : AbstractValidator<PlanCommuneVisit>
{
    public PlanCommuneVisitValidator(TimeProvider time) => RuleFor(request => request.On).ComingDay(time);
}

internal sealed class PlanCommuneVisitHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<PlanCommuneVisit, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(PlanCommuneVisit request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<CommuneCandidature>(
            request.Id,
            CommuneCandidatureErrors.Unknown,
            candidature => candidature.PlanVisit(request.On!.Value, actor.Id, time.GetUtcNow()),
            cancellationToken);
        return decision.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
