using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>Shows one candidature of a café.</summary>
internal sealed record FindCafeCandidature(Guid Id) : IRequest<Result<CafeCandidatureView>>;

internal sealed class FindCafeCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/cafe-candidatures/{id:guid}", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new FindCafeCandidature(id), token).ToHttp())
        .Described(nameof(FindCafeCandidature), "Lire la candidature d'un café", "Read the candidature of a café")
        .Answers<CafeCandidatureView>()
        .Refuses(CafeCandidatureErrors.Unknown)
        .RequireScope("recruitment:read", HolderKind.Staff, HolderKind.Mairie, HolderKind.Gerant);
}

internal sealed class FindCafeCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor) : IRequestHandler<FindCafeCandidature, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(FindCafeCandidature request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<CafeCandidature>(request.Id, cancellationToken) is not { } candidature)
        {
            return CafeCandidatureErrors.Unknown;
        }

        return CafeCandidatureView.Of(candidature, actor.Holder!, await session.OtherLastCafesAsync(candidature, actor.Holder!, cancellationToken));
    }
}
