using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CafeCandidatures;

/// <summary>The contact of a café's candidature is forgotten, with every text that may speak of somebody.</summary>
internal sealed record EraseCafeContact(Guid Id) : IRequest<Result<CafeCandidatureView>>;

internal sealed class EraseCafeContactEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/cafe-candidatures/{id:guid}/contact-erasure", (Guid id, ISender sender, CancellationToken token) =>
            sender.Send(new EraseCafeContact(id), token).ToHttp())
        .Described(nameof(EraseCafeContact), "Effacer l'interlocuteur d'un café", "Erase a café's contact")
        .Noted("L'interlocuteur et les textes libres disparaissent aussitôt, du journal d'audit et des réponses conservées aussi ; l'un est alors absent, les autres se lisent vides. Restent la décision, les chiffres et les dates. Une candidature en cours peut recevoir un autre interlocuteur.",
            "The contact and the free texts go at once, from the audit and the answers that are kept too; the one is then left out, the others read as empty. What was decided, the figures and the dates remain. An open candidature can be given another contact.")
        .Answers<CafeCandidatureView>()
        .Refuses(CafeCandidatureErrors.Unknown, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class EraseCafeContactHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<EraseCafeContact, Result<CafeCandidatureView>>
{
    public async Task<Result<CafeCandidatureView>> Handle(EraseCafeContact request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var erased = await session.DecideAsync<CafeCandidature>(
            request.Id, CafeCandidatureErrors.Unknown, candidature => candidature.ErasePersons(actor.Id, now), cancellationToken,
            publish: candidature => new PersonalDataErased(candidature.Id, now));
        return erased.Select(candidature => CafeCandidatureView.Of(candidature, actor.Holder!));
    }
}
