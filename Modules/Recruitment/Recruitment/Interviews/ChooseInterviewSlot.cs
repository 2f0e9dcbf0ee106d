using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>The team chooses a slot in the candidate's name, as they said it.</summary>
internal sealed record ChooseInterviewSlot(Guid Id, Guid? SlotId) : IRequest<Result<InterviewView>>;

internal sealed record ChooseInterviewSlotBody(
    [property: Described("Le créneau choisi", "The slot chosen")] Guid? SlotId);

internal sealed class ChooseInterviewSlotEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews/{id:guid}/choice", (Guid id, ChooseInterviewSlotBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ChooseInterviewSlot(id, body.SlotId), token).ToHttp())
        .Described(nameof(ChooseInterviewSlot), "Choisir un créneau au nom du candidat", "Choose a slot in the candidate's name")
        .Answers<InterviewView>()
        .Refuses(CommonErrors.Malformed, InterviewErrors.Unknown, InterviewErrors.NotOpen, InterviewErrors.SlotUnknown, InterviewErrors.SlotPassed, InterviewErrors.InterviewerTaken, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ChooseInterviewSlotValidator : AbstractValidator<ChooseInterviewSlot>
{
    public ChooseInterviewSlotValidator()
    {
        RuleFor(request => request.SlotId).NotEmpty();
    }
}

internal sealed class ChooseInterviewSlotHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ChooseInterviewSlot, Result<InterviewView>>
{
    public Task<Result<InterviewView>> Handle(ChooseInterviewSlot request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        return session.DecideAsync(request.Id, interview => interview.Choose(request.SlotId, InterviewParty.Network, by, now), now, cancellationToken);
    }
}
