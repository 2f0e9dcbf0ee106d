using System.Text;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>The newest open offers as an Atom feed.</summary>
/// <param name="Site">Where the host is reached.</param>
internal sealed record ReadOfferAtomFeed(string Site, string? Departement) : IRequest<Result<string>>;

internal sealed class ReadOfferAtomFeedEndpoint : ICarterModule
{
    private const string Name = "feed.atom";

    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet($"{OpenOffers.Address}/{Name}", async (
            [Described("Seulement celles de ce département", "Only those of this département", Example = "\"12\"")] string? departement, HttpRequest request, ISender sender, CancellationToken token) =>
            (await sender.Send(new ReadOfferAtomFeed(OpenOffers.SiteOf(request), departement), token)).ToForm(feed => TypedResults.Text(feed, AtomFeed.MediaType, Encoding.UTF8)))
        .Described(nameof(ReadOfferAtomFeed), "Suivre les offres ouvertes (Atom)", "Follow the open offers (Atom)")
        .Noted("Sans clé. Les cent offres ouvertes les plus récentes, dans la langue demandée.", "Without a key. The hundred newest open offers, in the language that is asked for.")
        .Produces<string>(StatusCodes.Status200OK, AtomFeed.MediaType)
        .Refuses(CommonErrors.Malformed)
        .AllowAnonymous();
}

internal sealed class ReadOfferAtomFeedValidator : AbstractValidator<ReadOfferAtomFeed>
{
    public ReadOfferAtomFeedValidator(CommuneRegistry communes) => RuleFor(query => query.Departement).KnownDepartement(communes);
}

internal sealed class ReadOfferAtomFeedHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, OfferSettings settings, TimeProvider time)
    : IRequestHandler<ReadOfferAtomFeed, Result<string>>
{
    public async Task<Result<string>> Handle(ReadOfferAtomFeed request, CancellationToken cancellationToken)
    {
        var offers = await session.NewestAsync(request.Departement, communes, LocalDays.Of(time.GetUtcNow()), cancellationToken);
        return AtomFeed.Of(new(request.Site, "feed.atom", communes.FindDepartement(request.Departement)?.Code, settings.Organisation, offers), communes);
    }
}
