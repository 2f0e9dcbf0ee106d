using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>The interview does not take place.</summary>
internal sealed record CancelInterview(Guid Id, string? Reason) : IRequest<Result<InterviewView>>;

internal sealed record CancelInterviewBody(
    [property: Described("Motif", "Reason", Example = "\"Le candidat est souffrant.\"")] string? Reason);

internal sealed class CancelInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews/{id:guid}/cancellation", (Guid id, CancelInterviewBody body, ISender sender, CancellationToken token) =>
            sender.Send(new CancelInterview(id, body.Reason), token).ToHttp())
        .Described(nameof(CancelInterview), "Annuler un entretien", "Cancel an interview")
        .Answers<InterviewView>()
        .Refuses(CommonErrors.Malformed, InterviewErrors.Unknown, InterviewErrors.Over, InterviewErrors.InterviewerTaken, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class CancelInterviewValidator : AbstractValidator<CancelInterview>
{
    public CancelInterviewValidator()
    {
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(2_000);
    }
}

internal sealed class CancelInterviewHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<CancelInterview, Result<InterviewView>>
{
    public Task<Result<InterviewView>> Handle(CancelInterview request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        return session.DecideAsync(request.Id, interview => interview.Cancel(request.Reason!, by, now), now, cancellationToken);
    }
}
