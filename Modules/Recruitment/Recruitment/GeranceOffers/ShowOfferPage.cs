using System.Text;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Shows one open offer as a page, to whoever follows a feed or a job board.</summary>
/// <param name="Site">Where the host is reached.</param>
internal sealed record ShowOfferPage(Guid Id, string Site) : IRequest<Result<string>>;

internal sealed class ShowOfferPageEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(OpenOffers.Address + "/{id:guid}/page", async (Guid id, HttpContext http, ISender sender, CancellationToken token) =>
        {
            var shown = await sender.Send(new ShowOfferPage(id, OpenOffers.SiteOf(http.Request)), token);
            return shown.ToForm(page =>
            {
                http.Response.Headers.ContentSecurityPolicy = OfferPage.ContentSecurityPolicy;
                return TypedResults.Text(page, OfferPage.MediaType, Encoding.UTF8);
            });
        })
        .Described(nameof(ShowOfferPage), "Lire une offre ouverte, en page", "Read an open offer as a page")
        .Noted("Sans clé. En HTML, dans la langue demandée, avec le `JobPosting` de schema.org dans la page, où les moteurs de recherche le lisent.",
            "Without a key. In HTML, in the language that is asked for, with schema.org's `JobPosting` within the page, where search engines read it.")
        .Produces<string>(StatusCodes.Status200OK, OfferPage.MediaType)
        .Refuses(GeranceOfferErrors.Unknown, GeranceOfferErrors.NoLongerOpen)
        .AllowAnonymous();
}

internal sealed class ShowOfferPageHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, OfferSettings settings, IOptions<JsonOptions> json, TimeProvider time)
    : IRequestHandler<ShowOfferPage, Result<string>>
{
    public async Task<Result<string>> Handle(ShowOfferPage request, CancellationToken cancellationToken) =>
        (await session.FindOpenAsync(request.Id, LocalDays.Of(time.GetUtcNow()), cancellationToken))
            .Select(offer => OfferPage.Of(offer, JobPosting.Of(offer, request.Site, settings, communes), OpenOfferCommuneView.Of(offer, communes), json.Value.SerializerOptions));
}
