using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Shows one open offer as job boards and search engines read it.</summary>
/// <param name="Site">Where the host is reached.</param>
internal sealed record ShowJobPosting(Guid Id, string Site) : IRequest<Result<JobPosting>>;

internal sealed class ShowJobPostingEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(OpenOffers.Address + "/{id:guid}/job-posting", async (Guid id, HttpRequest request, ISender sender, CancellationToken token) =>
            (await sender.Send(new ShowJobPosting(id, OpenOffers.SiteOf(request)), token)).ToForm(posting => TypedResults.Json(posting, contentType: JobPosting.MediaType)))
        .Described(nameof(ShowJobPosting), "Lire une offre ouverte (schema.org)", "Read an open offer (schema.org)")
        .Noted("Sans clé. `JobPosting` de schema.org en JSON-LD ; 410 quand l'offre n'est plus ouverte, comme les moteurs de recherche le demandent.",
            "Without a key. `JobPosting` of schema.org in JSON-LD; 410 when the offer is no longer open, as search engines ask for.")
        .Produces<JobPosting>(StatusCodes.Status200OK, JobPosting.MediaType)
        .Refuses(GeranceOfferErrors.Unknown, GeranceOfferErrors.NoLongerOpen)
        .AllowAnonymous();
}

internal sealed class ShowJobPostingHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, OfferSettings settings, TimeProvider time)
    : IRequestHandler<ShowJobPosting, Result<JobPosting>>
{
    public async Task<Result<JobPosting>> Handle(ShowJobPosting request, CancellationToken cancellationToken) =>
        (await session.FindOpenAsync(request.Id, LocalDays.Of(time.GetUtcNow()), cancellationToken))
            .Select(offer => JobPosting.Of(offer, request.Site, settings, communes));
}
