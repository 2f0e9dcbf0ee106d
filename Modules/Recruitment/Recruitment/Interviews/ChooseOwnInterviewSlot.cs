using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>The candidate chooses a slot by the link of their mail.</summary>
internal sealed record ChooseOwnInterviewSlot(Guid Id, string? Token, Guid? SlotId) : IRequest<Result<InterviewView>>;

internal sealed record ChooseOwnInterviewSlotBody(
    [property: Described("Ce que porte le lien du courriel", "What the link of the mail bears", Example = "\"6bS0cZr3T5Cz0x1aQ2y7sV9uKp4mWn8jLhGfEdRtYqA\"")] string? Token,
    [property: Described("Le créneau choisi", "The slot chosen")] Guid? SlotId);

internal sealed class ChooseOwnInterviewSlotEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews/{id:guid}/candidate-choice", (Guid id, ChooseOwnInterviewSlotBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ChooseOwnInterviewSlot(id, body.Token, body.SlotId), token).ToHttp())
        .Described(nameof(ChooseOwnInterviewSlot), "Choisir son créneau", "Choose one's slot")
        .Noted("Sans clé : le lien du courriel en tient lieu. Un lien qui ne convient pas ne dit rien de l'entretien.",
            "Without a key: the link of the mail does for one. A link that does not fit tells nothing of the interview.")
        .Answers<InterviewView>()
        .Refuses(CommonErrors.Malformed, InterviewErrors.Unknown, InterviewErrors.NotOpen, InterviewErrors.SlotUnknown, InterviewErrors.SlotPassed, InterviewErrors.InterviewerTaken, CommonErrors.ChangedMeanwhile)
        .AllowAnonymous();
}

internal sealed class ChooseOwnInterviewSlotValidator : AbstractValidator<ChooseOwnInterviewSlot>
{
    public ChooseOwnInterviewSlotValidator()
    {
        RuleFor(request => request.Token).NotEmpty().MaximumLength(100);
        RuleFor(request => request.SlotId).NotEmpty();
    }
}

internal sealed class ChooseOwnInterviewSlotHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ChooseOwnInterviewSlot, Result<InterviewView>>
{
    public async Task<Result<InterviewView>> Handle(ChooseOwnInterviewSlot request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await session.OpensInterviewAsync(actor, request.Id, request.Token!, cancellationToken)
            ? await session.DecideAsync(request.Id, interview => interview.Choose(request.SlotId, InterviewParty.Candidate, null, now), now, cancellationToken)
            : InterviewErrors.Unknown;
    }
}
