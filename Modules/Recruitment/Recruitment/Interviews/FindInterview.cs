using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>Shows one interview.</summary>
internal sealed record FindInterview(Guid Id) : IRequest<Result<InterviewView>>;

internal sealed class FindInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/interviews/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindInterview(id), token).ToHttp())
        .Described(nameof(FindInterview), "Lire un entretien", "Read an interview")
        .Answers<InterviewView>()
        .Refuses(InterviewErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class FindInterviewHandler(ModuleSession<IRecruitmentStore> session) : IRequestHandler<FindInterview, Result<InterviewView>>
{
    public async Task<Result<InterviewView>> Handle(FindInterview request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Interview>(request.Id, cancellationToken) is { } interview ? InterviewView.Of(interview) : InterviewErrors.Unknown;
}
