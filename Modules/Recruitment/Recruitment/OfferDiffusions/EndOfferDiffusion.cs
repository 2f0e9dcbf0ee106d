using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

/// <summary>The partner shows the offer no longer.</summary>
internal sealed record EndOfferDiffusion(Guid Id, DateTimeOffset? WithdrawnAt) : IRequest<Result<OfferDiffusionView>>;

internal sealed record EndOfferDiffusionBody(
    [property: Described("Depuis quand ; à l'instant par défaut", "Since when; just now by default", Example = DescribedAttribute.Yesterday)] DateTimeOffset? WithdrawnAt = null);

internal sealed class EndOfferDiffusionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/offer-diffusions/{id:guid}/withdrawal", (Guid id, EndOfferDiffusionBody? body, ISender sender, CancellationToken token) =>
            sender.Send(new EndOfferDiffusion(id, body?.WithdrawnAt), token).ToHttp())
        .Described(nameof(EndOfferDiffusion), "Noter la fin d'une diffusion", "Note the end of a diffusion")
        .Answers<OfferDiffusionView>()
        .Refuses(CommonErrors.Malformed, OfferDiffusionErrors.Unknown, OfferDiffusionErrors.AlreadyWithdrawn, OfferDiffusionErrors.EndsBeforeItBegins, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Partner);
}

internal sealed class EndOfferDiffusionValidator : AbstractValidator<EndOfferDiffusion>
{
    public EndOfferDiffusionValidator(TimeProvider time)
    {
        RuleFor(request => request.WithdrawnAt).Passed(time);
    }
}

internal sealed class EndOfferDiffusionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<EndOfferDiffusion, Result<OfferDiffusionView>>
{
    public async Task<Result<OfferDiffusionView>> Handle(EndOfferDiffusion request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<OfferDiffusion>(
            request.Id,
            OfferDiffusionErrors.Unknown,
            diffusion => diffusion.Withdraw(request.WithdrawnAt, actor.Id, time.GetUtcNow()),
            cancellationToken);
        return decision.Select(OfferDiffusionView.Of);
    }
}
