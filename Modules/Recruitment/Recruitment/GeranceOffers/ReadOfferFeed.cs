using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>The newest open offers as a JSON Feed.</summary>
/// <param name="Site">Where the host is reached.</param>
internal sealed record ReadOfferFeed(string Site, string? Departement) : IRequest<Result<JsonFeed>>;

internal sealed class ReadOfferFeedEndpoint : ICarterModule
{
    private const string Name = "feed.json";

    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet($"{OpenOffers.Address}/{Name}", async (
            [Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? departement, HttpRequest request, ISender sender, CancellationToken token) =>
            (await sender.Send(new ReadOfferFeed(OpenOffers.SiteOf(request), departement), token)).ToForm(feed => TypedResults.Json(feed, contentType: "application/feed+json")))
        .Described(nameof(ReadOfferFeed), "Suivre les offres ouvertes (JSON Feed)", "Follow the open offers (JSON Feed)")
        .Noted("Sans clé. Les cent offres ouvertes les plus récentes, dans la langue demandée.", "Without a key. The hundred newest open offers, in the language that is asked for.")
        .Produces<JsonFeed>(StatusCodes.Status200OK, "application/feed+json")
        .Refuses(CommonErrors.Malformed)
        .AllowAnonymous();
}

internal sealed class ReadOfferFeedValidator : AbstractValidator<ReadOfferFeed>
{
    public ReadOfferFeedValidator(CommuneRegistry communes) => RuleFor(query => query.Departement).KnownDepartement(communes);
}

internal sealed class ReadOfferFeedHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, OfferSettings settings, TimeProvider time)
    : IRequestHandler<ReadOfferFeed, Result<JsonFeed>>
{
    public async Task<Result<JsonFeed>> Handle(ReadOfferFeed request, CancellationToken cancellationToken)
    {
        var offers = await session.NewestAsync(request.Departement, communes, LocalDays.Of(time.GetUtcNow()), cancellationToken);
        return JsonFeed.Of(new(request.Site, "feed.json", communes.FindDepartement(request.Departement)?.Code, settings.Organisation, offers), communes);
    }
}
