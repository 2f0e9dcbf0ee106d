using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>The host café tells how the days went.</summary>
internal sealed record GiveHostFeedback(Guid Id, string? Text) : IRequest<Result<ImmersionView>>;

internal sealed record GiveHostFeedbackBody(
    [property: Described("Le retour", "The feedback", Example = "\"À l'aise au comptoir dès le deuxième jour.\"")] string? Text);

internal sealed class GiveHostFeedbackEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/immersions/{id:guid}/host-feedback", (Guid id, GiveHostFeedbackBody body, ISender sender, CancellationToken token) =>
            sender.Send(new GiveHostFeedback(id, body.Text), token).ToHttp())
        .Described(nameof(GiveHostFeedback), "Donner le retour du café", "Give the café's feedback")
        .Noted("Par la clé du café, ou par l'équipe sous sa dictée.",
            "By the key of the café, or by the team at its dictation.")
        .Answers<ImmersionView>()
        .Refuses(CommonErrors.Malformed, ImmersionErrors.Unknown, ImmersionErrors.Over, ImmersionErrors.NotBegun, ImmersionErrors.AlreadyHeard, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Gerant);
}

internal sealed class GiveHostFeedbackValidator : AbstractValidator<GiveHostFeedback>
{
    public GiveHostFeedbackValidator()
    {
        RuleFor(request => request.Text).NotEmpty().MaximumLength(8_000);
    }
}

internal sealed class GiveHostFeedbackHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<GiveHostFeedback, Result<ImmersionView>>
{
    public async Task<Result<ImmersionView>> Handle(GiveHostFeedback request, CancellationToken cancellationToken)
    {
        var (by, now) = (actor.Id, time.GetUtcNow());
        var decision = await session.DecideAsync<Immersion>(
            request.Id, ImmersionErrors.Unknown, immersion => immersion.HearHost(request.Text!, by, LocalDays.Of(now), now), cancellationToken);
        return decision.Select(immersion => ImmersionView.Of(immersion, actor.Holder!));
    }
}
