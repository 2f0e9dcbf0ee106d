using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>The candidate tells how the days went; the team writes it down.</summary>
internal sealed record GiveCandidateFeedback(Guid Id, string? Text) : IRequest<Result<ImmersionView>>;

internal sealed record GiveCandidateFeedbackBody(
    [property: Described("Le retour", "The feedback", Example = "\"Le rythme du matin surprend, l'accueil donne envie.\"")] string? Text);

internal sealed class GiveCandidateFeedbackEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/immersions/{id:guid}/candidate-feedback", (Guid id, GiveCandidateFeedbackBody body, ISender sender, CancellationToken token) =>
            sender.Send(new GiveCandidateFeedback(id, body.Text), token).ToHttp())
        .Described(nameof(GiveCandidateFeedback), "Donner le retour du candidat", "Give the candidate's feedback")
        .Answers<ImmersionView>()
        .Refuses(CommonErrors.Malformed, ImmersionErrors.Unknown, ImmersionErrors.Over, ImmersionErrors.NotBegun, ImmersionErrors.AlreadyHeard, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class GiveCandidateFeedbackValidator : AbstractValidator<GiveCandidateFeedback>
{
    public GiveCandidateFeedbackValidator()
    {
        RuleFor(request => request.Text).NotEmpty().MaximumLength(8_000);
    }
}

internal sealed class GiveCandidateFeedbackHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<GiveCandidateFeedback, Result<ImmersionView>>
{
    public async Task<Result<ImmersionView>> Handle(GiveCandidateFeedback request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        var decision = await session.DecideAsync<Immersion>(
            request.Id, ImmersionErrors.Unknown, immersion => immersion.HearCandidate(request.Text!, by, LocalDays.Of(now), now), cancellationToken);
        return decision.Select(immersion => ImmersionView.Of(immersion, actor.Holder!));
    }
}
