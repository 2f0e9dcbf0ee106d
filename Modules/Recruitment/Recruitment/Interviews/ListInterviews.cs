using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>Lists interviews, oldest first.</summary>
internal sealed record ListInterviews(
    [property: Described("Seulement ceux de cette candidature", "Only those of this candidature")] Guid? CandidatureId,
    [property: Described("Seulement ceux que mène ce client", "Only those that this client leads")] Guid? InterviewerId,
    [property: Described("Seulement ceux qui en sont là", "Only those that stand there")] InterviewStatus? Status,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<InterviewView>>>, IListRequest;

internal sealed class ListInterviewsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/interviews", ([AsParameters] ListInterviews query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListInterviews), "Lister les entretiens", "List the interviews")
        .Answers<Page<InterviewView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class ListInterviewsValidator : ListValidator<ListInterviews>;

internal sealed class ListInterviewsHandler(ModuleSession<IRecruitmentStore> session) : IRequestHandler<ListInterviews, Result<Page<InterviewView>>>
{
    public async Task<Result<Page<InterviewView>>> Handle(ListInterviews request, CancellationToken cancellationToken)
    {
        var interviews = session.Query<Interview>(request);
        if (request.CandidatureId is { } candidature)
        {
            interviews = interviews.OfCandidature(candidature);
        }

        if (request.InterviewerId is { } interviewer)
        {
            interviews = interviews.Where(one => one.InterviewerId == interviewer);
        }

        if (request.Status is { } status)
        {
            interviews = interviews.Where(one => one.Status == status);
        }

        return await interviews.ToPageAsync(request, InterviewView.Of, cancellationToken);
    }
}
