using Carter;
using Marten;
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
    private const int MostOthers = 20;

    public async Task<Result<CafeCandidatureView>> Handle(FindCafeCandidature request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<CafeCandidature>(request.Id, cancellationToken) is not { } candidature)
        {
            return CafeCandidatureErrors.Unknown;
        }

        var holder = actor.Holder!;
        return CafeCandidatureView.Of(candidature, holder, holder.IsStaff ? await OtherLastCafesAsync(candidature, cancellationToken) : null);
    }

    // Two last cafés of one commune: the team has to ask which is
    private async Task<IReadOnlyList<Guid>> OtherLastCafesAsync(CafeCandidature candidature, CancellationToken token)
    {
        var (id, siret, commune) = (candidature.Id, candidature.Siret, candidature.InseeCode);
        return await session.Query<CafeCandidature>()
            .Where(other => other.InseeCode == commune && other.Siret != siret && other.Id != id && other.Facts.LastCafeOfCommune)
            .Where(other => other.Status == CafeCandidatureStatus.Submitted || other.Status == CafeCandidatureStatus.Accepted)
            .OrderBy(other => other.Id).Take(MostOthers).Select(other => other.Id).ToListAsync(token);
    }
}
