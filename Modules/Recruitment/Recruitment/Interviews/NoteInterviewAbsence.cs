using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>One of the two did not come.</summary>
internal sealed record NoteInterviewAbsence(Guid Id, InterviewParty? Party, string? Reason) : IRequest<Result<InterviewView>>;

internal sealed record NoteInterviewAbsenceBody(
    [property: Described("Qui n'est pas venu", "Who did not come", Example = "\"candidate\"")] InterviewParty? Party,
    [property: Described("Ce qu'on en sait", "What is known of it", Example = "\"Panne de voiture\"")] string? Reason = null);

internal sealed class NoteInterviewAbsenceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews/{id:guid}/absence", (Guid id, NoteInterviewAbsenceBody body, ISender sender, CancellationToken token) =>
            sender.Send(new NoteInterviewAbsence(id, body.Party, body.Reason), token).ToHttp())
        .Described(nameof(NoteInterviewAbsence), "Noter une absence", "Note an absence")
        .Answers<InterviewView>()
        .Refuses(CommonErrors.Malformed, InterviewErrors.Unknown, InterviewErrors.NotAgreed, InterviewErrors.NotBegun, InterviewErrors.InterviewerTaken, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class NoteInterviewAbsenceValidator : AbstractValidator<NoteInterviewAbsence>
{
    public NoteInterviewAbsenceValidator()
    {
        RuleFor(request => request.Party).NotNull().IsInEnum();
        RuleFor(request => request.Reason).MaximumLength(2_000);
    }
}

internal sealed class NoteInterviewAbsenceHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<NoteInterviewAbsence, Result<InterviewView>>
{
    public Task<Result<InterviewView>> Handle(NoteInterviewAbsence request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        return session.DecideAsync(request.Id, interview => interview.NoteAbsence(request.Party!.Value, request.Reason, by, now), now, cancellationToken);
    }
}
