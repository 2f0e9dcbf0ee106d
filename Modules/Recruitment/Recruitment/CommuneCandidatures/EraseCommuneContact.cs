using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The contact of a commune's candidature is forgotten, with every text that may speak of somebody.</summary>
internal sealed record EraseCommuneContact(Guid Id) : IRequest<Result<CommuneCandidatureView>>;

internal sealed class EraseCommuneContactEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/commune-candidatures/{id:guid}/contact-erasure", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new EraseCommuneContact(id), token).ToHttp())
        .Described(nameof(EraseCommuneContact), "Effacer l'interlocuteur d'une commune", "Erase a commune's contact")
        .Noted("L'interlocuteur et les textes libres disparaissent aussitôt, du journal d'audit et des réponses conservées aussi ; l'un est alors absent, les autres se lisent vides. Restent la décision, les chiffres et les dates. Une candidature en cours peut recevoir un autre interlocuteur.",
            "The contact and the free texts go at once, from the audit and the answers that are kept too; the one is then left out, the others read as empty. What was decided, the figures and the dates remain. An open candidature can be given another contact.")
        .Answers<CommuneCandidatureView>()
        .Refuses(CommuneCandidatureErrors.Unknown, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class EraseCommuneContactHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<EraseCommuneContact, Result<CommuneCandidatureView>>
{
    public async Task<Result<CommuneCandidatureView>> Handle(EraseCommuneContact request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var erased = await session.DecideAsync<CommuneCandidature>(
            request.Id, CommuneCandidatureErrors.Unknown, candidature => candidature.ErasePersons(actor.Id, now), cancellationToken,
            publish: candidature => new PersonalDataErased(candidature.Id, now));
        return erased.Select(candidature => CommuneCandidatureView.Of(candidature, actor.Holder!));
    }
}
