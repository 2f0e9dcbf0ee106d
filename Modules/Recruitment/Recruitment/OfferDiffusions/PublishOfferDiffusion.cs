using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

/// <summary>The partner shows the offer at an address, for the first time or at another one.</summary>
internal sealed record PublishOfferDiffusion(Guid Id, string Url, DateTimeOffset? PublishedAt) : IRequest<Result<OfferDiffusionView>>;

internal sealed record PublishOfferDiffusionBody(
    [property: Described("Où il montre l'offre", "Where it shows the offer", Example = "\"https://emplois.example/offres/4711\"")] string? Url,
    [property: Described("Depuis quand ; à l'instant par défaut", "Since when; just now by default", Example = DescribedAttribute.Yesterday)] DateTimeOffset? PublishedAt = null);

internal sealed class PublishOfferDiffusionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/offer-diffusions/{id:guid}/publication", (Guid id, PublishOfferDiffusionBody body, ISender sender, CancellationToken token) =>
            sender.Send(new PublishOfferDiffusion(id, body.Url!, body.PublishedAt), token).ToHttp())
        .Described(nameof(PublishOfferDiffusion), "Noter où une offre est diffusée", "Note where an offer is shown")
        .Answers<OfferDiffusionView>()
        .Refuses(CommonErrors.Malformed, OfferDiffusionErrors.Unknown, OfferDiffusionErrors.AlreadyWithdrawn, OfferDiffusionErrors.AlreadyNoted, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Partner);
}

internal sealed class PublishOfferDiffusionValidator : AbstractValidator<PublishOfferDiffusion>
{
    public PublishOfferDiffusionValidator(TimeProvider time)
    {
        RuleFor(request => request.Url).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(2_000).PublicAddress();
        RuleFor(request => request.PublishedAt).Passed(time);
    }
}

internal sealed class PublishOfferDiffusionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<PublishOfferDiffusion, Result<OfferDiffusionView>>
{
    public async Task<Result<OfferDiffusionView>> Handle(PublishOfferDiffusion request, CancellationToken cancellationToken)
    {
        var decision = await session.DecideAsync<OfferDiffusion>(
            request.Id,
            OfferDiffusionErrors.Unknown,
            diffusion => diffusion.Publish(request.Url, request.PublishedAt, actor.Id, time.GetUtcNow()),
            cancellationToken,
            onDuplicate: OfferDiffusionErrors.AlreadyNoted);
        return decision.Select(OfferDiffusionView.Of);
    }
}
