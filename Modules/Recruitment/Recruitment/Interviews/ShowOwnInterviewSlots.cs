using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>Shows the candidate what the link of their mail lets them choose from.</summary>
internal sealed record ShowOwnInterviewSlots(Guid Id, string? Token) : IRequest<Result<OwnInterviewSlots>>;

internal sealed record ShowOwnInterviewSlotsBody(
    [property: Described("Ce que porte le lien du courriel", "What the link of the mail bears", Example = "\"6bS0cZr3T5Cz0x1aQ2y7sV9uKp4mWn8jLhGfEdRtYqA\"")] string? Token);

[ShownAs(nameof(Interview))]
internal sealed record OwnInterviewSlots(
    [property: Described("Identifiant de l'entretien", "Id of the interview")] Guid Id,
    [property: Described("Les créneaux à venir et encore libres, dans l'ordre", "The slots to come that are still free, in order")] IReadOnlyList<InterviewSlotView> Slots);

internal sealed class ShowOwnInterviewSlotsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/interviews/{id:guid}/candidate-slots", (Guid id, ShowOwnInterviewSlotsBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ShowOwnInterviewSlots(id, body.Token), token).ToHttp())
        .Described(nameof(ShowOwnInterviewSlots), "Lire ses créneaux d'entretien", "Read one's slots of an interview")
        .Noted("Sans clé : le lien du courriel en tient lieu, autant de fois qu'il faut tant qu'aucun créneau n'est choisi.",
            "Without a key: the link of the mail does for one, as often as needed while no slot is chosen.")
        .Answers<OwnInterviewSlots>()
        .Refuses(CommonErrors.Malformed, InterviewErrors.Unknown, InterviewErrors.NotOpen)
        .AllowAnonymous();
}

internal sealed class ShowOwnInterviewSlotsValidator : AbstractValidator<ShowOwnInterviewSlots>
{
    public ShowOwnInterviewSlotsValidator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(100);
}

internal sealed class ShowOwnInterviewSlotsHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ShowOwnInterviewSlots, Result<OwnInterviewSlots>>
{
    public async Task<Result<OwnInterviewSlots>> Handle(ShowOwnInterviewSlots request, CancellationToken cancellationToken)
    {
        if (!await session.OpensInterviewAsync(actor, request.Id, request.Token!, cancellationToken) || await session.LoadAsync<Interview>(request.Id, cancellationToken) is not { } interview)
        {
            return InterviewErrors.Unknown;
        }

        if (interview.Status != InterviewStatus.Proposed)
        {
            return InterviewErrors.NotOpen;
        }

        var agenda = await session.LoadAsync<InterviewerAgenda>(interview.InterviewerId, cancellationToken);
        // Commits nothing, but refuses a revision that is no more, as every POST to something does
        return await session.CommitAsync(new OwnInterviewSlots(interview.Id, [.. interview.SlotsToCome(agenda, time.GetUtcNow()).Select(InterviewSlotView.Of)]), cancellationToken);
    }
}
