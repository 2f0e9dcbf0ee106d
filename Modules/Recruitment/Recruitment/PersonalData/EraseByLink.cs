using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The candidate has everything erased, by the link in the mail that they asked for.</summary>
internal sealed record EraseByLink(Guid Id, string Token) : IRequest<Result<Done>>;

internal sealed record EraseByLinkBody(
    [property: Described("Le jeton du lien reçu par mail", "The token of the link in the mail", Example = "\"q3Zk8yT0rB1wV5nX7cD2fG4hJ6mP9sLaEuKiOoQtYx0\"")] string? Token);

internal sealed class EraseByLinkEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/erasure-by-link", (Guid id, EraseByLinkBody body, ISender sender, CancellationToken token) =>
            sender.Send(new EraseByLink(id, body.Token!), token).ToNoContent())
        .Described(nameof(EraseByLink), "Effacer ses données par le lien du mail", "Erase one's data by the link in the mail")
        .Noted("Sans clé : le jeton du lien suffit, une fois. Toutes les candidatures de la personne sont effacées : celles dont une adresse est la sienne. On ne revient pas en arrière.",
            "Without a key: the token of the link will do, once. All the person's candidatures are erased: those of which an address is theirs. There is no way back.")
        .Produces(StatusCodes.Status204NoContent)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.LinkUnknown, GerantCandidatureErrors.LinkExpired, GerantCandidatureErrors.LinkUsed, CommonErrors.ChangedMeanwhile, CommonErrors.PreconditionFailed)
        .AllowAnonymous();
}

internal sealed class EraseByLinkValidator : AbstractValidator<EraseByLink>
{
    public EraseByLinkValidator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(ApplicantRules.LongestName);
}

internal sealed class EraseByLinkHandler(ModuleSession<IRecruitmentStore> session, MergedCandidatures merged, PersonCandidatures persons, CurrentActor actor, TimeProvider time)
    : IRequestHandler<EraseByLink, Result<Done>>
{
    public async Task<Result<Done>> Handle(EraseByLink request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var opened = await session.OpenAsync(actor, merged, request.Id, LinkPurpose.Erasure, request.Token, now, cancellationToken);
        if (opened.IsRefused(out var refused))
        {
            return refused;
        }

        var all = await persons.AllWithAsync(opened.Value, cancellationToken);
        var asked = await session.DecideAsync<GerantCandidature>(
            opened.Value, GerantCandidatureErrors.LinkUnknown, candidature => candidature.AskErasure(null, null, now), cancellationToken,
            news: (_, _) => all.Select(id => new EraseCandidate(id, Asked: true)),
            along: (asking, documents) => documents.FollowAsync(new(asking, null, now) { IsErased = true }, cancellationToken));
        return asked.Select(_ => Done.Value);
    }
}
