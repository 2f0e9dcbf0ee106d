using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>A candidate has asked to be forgotten; the team has it done.</summary>
internal sealed record EraseGerantCandidature(Guid Id, string HowAsked) : IRequest<Result<Done>>;

internal sealed record EraseGerantCandidatureBody(
    [property: Described("Comment la personne l'a demandé ; sans rien qui la nomme", "How the person asked for it; without anything that names them", Example = "\"Par courriel, le 12 mars\"")] string? HowAsked);

internal sealed class EraseGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/erasure", (Guid id, EraseGerantCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(new EraseGerantCandidature(id, body.HowAsked!), token).ToNoContent())
        .Described(nameof(EraseGerantCandidature), "Effacer un candidat", "Erase a candidate")
        .Noted("Tout ce qui dit qui est la personne disparaît, dans l'instant qui suit la réponse, de tous les modules, du journal d'audit et des réponses conservées. La candidature prend fin ; restent ses étapes et leurs dates. D'autres candidatures de la même personne ne sont pas effacées avec elle : lisez d'abord `possibleDuplicates`, et effacez celles qui sont d'elle. On ne revient pas en arrière.",
            "All that says who the person is goes, a moment after the answer, from every module, the audit and the answers that are kept. The candidature ends; its stages and their dates remain. Other candidatures of the same person are not erased with it: read `possibleDuplicates` first, and erase those that are theirs. There is no way back.")
        .Produces(StatusCodes.Status204NoContent)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class EraseGerantCandidatureValidator : AbstractValidator<EraseGerantCandidature>
{
    public EraseGerantCandidatureValidator() => RuleFor(request => request.HowAsked).NotEmpty().MaximumLength(400);
}

internal sealed class EraseGerantCandidatureHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<EraseGerantCandidature, Result<Done>>
{
    public async Task<Result<Done>> Handle(EraseGerantCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var asked = await session.ActAsync(
            request.Id,
            candidature => candidature.AskErasure(request.HowAsked, actor.Id, now),
            cancellationToken,
            publish: candidature => new EraseCandidate(candidature.Id, Asked: true),
            along: (asking, documents) => documents.FollowAsync(new(asking, actor.Id, now) { IsErased = true }, cancellationToken));
        return asked.Select(_ => Done.Value);
    }
}
