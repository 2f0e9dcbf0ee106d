using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>Invites a candidate to an interview, with slots to choose from.</summary>
internal sealed record ProposeInterview(
    [property: Described("La candidature de gérant", "The gérant candidature")] Guid? CandidatureId,
    [property: Described("Les créneaux, de 1 à 10", "The slots, from 1 to 10")] IReadOnlyList<ProposedSlot>? Slots,
    [property: Described("Le client de la personne de l'équipe qui mènera l'entretien ; celui de la clé sans cela", "The client of who will lead the interview, one of the team; that of the key without it")] Guid? InterviewerId = null) : IRequest<Result<InterviewView>>;

internal sealed class ProposeInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews", (ProposeInterview body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(interview => $"/v1/recruitment/interviews/{interview.Id}"))
        .Described(nameof(ProposeInterview), "Proposer un entretien", "Propose an interview")
        .Noted("La candidature passe à l'étape « interview », si elle n'y est pas déjà. Le candidat reçoit les créneaux par courriel et en choisit un ; l'équipe peut aussi choisir en son nom.",
            "The candidature comes to the stage “interview”, unless it is there already. The candidate is mailed the slots and chooses one; the team can also choose in their name.")
        .Answers<InterviewView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NotConfirmed, GerantCandidatureErrors.StageNotAllowed,
            InterviewErrors.SlotsOverlap, InterviewErrors.InterviewerTaken,
            KnownClientErrors.Unknown, KnownClientErrors.Disabled, KnownClientErrors.OtherKind, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ProposeInterviewValidator : AbstractValidator<ProposeInterview>
{
    public ProposeInterviewValidator(TimeProvider time)
    {
        RuleFor(request => request.CandidatureId).NotEmpty();
        RuleFor(request => request.Slots).NotEmpty();
        RuleFor(request => request.Slots).Must(slots => slots is null || slots.Count <= SlotRules.Most).WithErrorCode("too_many").WithMessage(_ => SlotRules.TooMany);
        RuleForEach(request => request.Slots).NotNull().ChildRules(SlotRules.Since(time));
    }
}

internal sealed class ProposeInterviewHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ProposeInterview, Result<InterviewView>>
{
    public async Task<Result<InterviewView>> Handle(ProposeInterview request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<GerantCandidature>(request.CandidatureId!.Value, cancellationToken) is not { } candidature)
        {
            return await session.MissingAsync(request.CandidatureId!.Value, cancellationToken);
        }

        var now = time.GetUtcNow();
        if (candidature.To(GerantStage.Interview, actor.Id, now) is var step && step.IsRefused(out var refused))
        {
            return refused;
        }

        var interviewer = request.InterviewerId ?? actor.Holder!.ClientId;
        var refusal = interviewer == actor.Holder!.ClientId ? null : await session.WhyNotAsync([new(interviewer, HolderKind.Staff, "/interviewerId")], cancellationToken);
        var decision = Interview.Propose(
            Guid.CreateVersion7(now), candidature.Id, candidature.Departement, interviewer, ProposedSlot.Of(request.Slots!, now), actor.Id, now).Unless(refusal);
        if (decision.IsRefused(out refused))
        {
            return refused;
        }

        var interview = decision.Value.Follow(candidature);
        if (await session.LoadAsync<InterviewerAgenda>(interviewer, cancellationToken) is { } agenda && agenda.LacksTimeFor(interview))
        {
            return InterviewErrors.InterviewerTaken;
        }

        session.Insert(interview);
        session.Update(step.Value);
        await session.AlongAsync(documents => documents.FollowAsync(new(step.Value, actor.Id, now) { Begins = typeof(Interview) }, cancellationToken));
        await session.PublishAsync(new InterviewProposed(interview.Id));
        return await session.CommitAsync(InterviewView.Of(interview), cancellationToken);
    }
}
