using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>Other slots are proposed instead.</summary>
internal sealed record MoveInterview(Guid Id, IReadOnlyList<ProposedSlot>? Slots, string? Reason) : IRequest<Result<InterviewView>>;

internal sealed record MoveInterviewBody(
    [property: Described("Les nouveaux créneaux, de 1 à 10", "The new slots, from 1 to 10")] IReadOnlyList<ProposedSlot>? Slots,
    [property: Described("Motif", "Reason", Example = "\"Le candidat est souffrant.\"")] string? Reason);

internal sealed class MoveInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews/{id:guid}/move", (Guid id, MoveInterviewBody body, ISender sender, CancellationToken token) =>
            sender.Send(new MoveInterview(id, body.Slots, body.Reason), token).ToHttp())
        .Described(nameof(MoveInterview), "Déplacer un entretien", "Move an interview")
        .Noted("Le candidat reçoit les nouveaux créneaux par courriel.",
            "The candidate is mailed the new slots.")
        .Answers<InterviewView>()
        .Refuses(CommonErrors.Malformed, InterviewErrors.Unknown, InterviewErrors.Over, InterviewErrors.SlotsOverlap, InterviewErrors.InterviewerTaken, GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class MoveInterviewValidator : AbstractValidator<MoveInterview>
{
    public MoveInterviewValidator(TimeProvider time)
    {
        RuleFor(request => request.Slots).NotEmpty();
        RuleFor(request => request.Slots).Must(slots => slots is null || slots.Count <= SlotRules.Most).WithErrorCode("too_many").WithMessage(_ => SlotRules.TooMany);
        RuleForEach(request => request.Slots).NotNull().ChildRules(SlotRules.Since(time));
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(2_000);
    }
}

internal sealed class MoveInterviewHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<MoveInterview, Result<InterviewView>>
{
    public async Task<Result<InterviewView>> Handle(MoveInterview request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        return await session.HasLeftAsync(request.Id, cancellationToken)
            ? GerantCandidatureErrors.StageNotAllowed
            : await session.DecideAsync(request.Id, interview => interview.Move(ProposedSlot.Of(request.Slots!, now), request.Reason!, by, now), now, cancellationToken, mails: true);
    }
}
