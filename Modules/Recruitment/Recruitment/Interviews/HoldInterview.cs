using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>The interview was held; its summary is kept.</summary>
internal sealed record HoldInterview(Guid Id, string? Summary) : IRequest<Result<InterviewView>>;

internal sealed record HoldInterviewBody(
    [property: Described("Compte rendu", "Summary", Example = "\"Veut reprendre le bar de son village.\"")] string? Summary);

internal sealed class HoldInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews/{id:guid}/completion", (Guid id, HoldInterviewBody body, ISender sender, CancellationToken token) =>
            sender.Send(new HoldInterview(id, body.Summary), token).ToHttp())
        .Described(nameof(HoldInterview), "Noter qu'un entretien a eu lieu", "Note that an interview was held")
        .Answers<InterviewView>()
        .Refuses(CommonErrors.Malformed, InterviewErrors.Unknown, InterviewErrors.NotAgreed, InterviewErrors.NotBegun, InterviewErrors.InterviewerTaken, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class HoldInterviewValidator : AbstractValidator<HoldInterview>
{
    public HoldInterviewValidator()
    {
        RuleFor(request => request.Summary).NotEmpty().MaximumLength(8_000);
    }
}

internal sealed class HoldInterviewHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<HoldInterview, Result<InterviewView>>
{
    public Task<Result<InterviewView>> Handle(HoldInterview request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        return session.DecideAsync(request.Id, interview => interview.Hold(request.Summary!, by, now), now, cancellationToken);
    }
}
