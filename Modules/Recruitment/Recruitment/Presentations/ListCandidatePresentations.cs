using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.Presentations;

/// <summary>Lists presentations, oldest first.</summary>
internal sealed record ListCandidatePresentations(
    [property: Described("Seulement celles de cette candidature", "Only those of this candidature")] Guid? CandidatureId,
    [property: Described("Seulement celles de cette offre", "Only those of this offer")] Guid? OfferId,
    [property: Described("Seulement celles de cette commune", "Only those of this commune", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Seulement celles qui ont reçu cette réponse en dernier", "Only those last answered so")] MairieAnswer? Answer,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After,
    [property: Described("Vrai : seulement celles dont la réponse de la mairie est attendue", "True: only those whose answer is awaited from the mairie", Example = "true")] bool? Awaited = null) : IRequest<Result<Page<PresentationView>>>, IListRequest;

internal sealed class ListCandidatePresentationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/presentations", ([AsParameters] ListCandidatePresentations query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListCandidatePresentations), "Lister les présentations", "List the presentations")
        .Answers<Page<PresentationView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Mairie);
}

internal sealed class ListCandidatePresentationsValidator : ListValidator<ListCandidatePresentations>
{
    public ListCandidatePresentationsValidator(CommuneRegistry communes)
    {
        RuleFor(query => query.InseeCode).KnownCommune(communes);
    }
}

internal sealed class ListCandidatePresentationsHandler(ModuleSession<IRecruitmentStore> session, CommuneRegistry communes, CurrentActor actor)
    : IRequestHandler<ListCandidatePresentations, Result<Page<PresentationView>>>
{
    public async Task<Result<Page<PresentationView>>> Handle(ListCandidatePresentations request, CancellationToken cancellationToken)
    {
        var holder = actor.Holder!;
        var presentations = session.Query<Presentation>(request);
        if (request.CandidatureId is { } candidature)
        {
            presentations = presentations.OfCandidature(candidature);
        }

        if (request.OfferId is { } offer)
        {
            presentations = presentations.Where(one => one.OfferId == offer);
        }

        presentations = presentations.InCommune(communes, request.InseeCode, one => one.InseeCode);

        if (request.Answer is { } answer)
        {
            presentations = presentations.Where(one => one.Answer == answer);
        }

        if (request.Awaited is { } awaited)
        {
            presentations = awaited ? presentations.Where(one => one.WaitOn == WaitingOn.Mairie) : presentations.Where(one => one.WaitOn == null || one.WaitOn != WaitingOn.Mairie);
        }

        var page = await presentations.ToPageAsync(request, presentation => PresentationView.Of(presentation, holder), cancellationToken);
        return await session.WithHiddenAsync<Presentation, PresentationView>(page, request, presentation => presentation.Remains, cancellationToken);
    }
}
