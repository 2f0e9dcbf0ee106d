using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The candidate gets a copy of everything, by the link in the mail that they asked for.</summary>
internal sealed record CopyOwnData(Guid Id, string Token) : IRequest<Result<OwnDataView>>;

internal sealed record CopyOwnDataBody(
    [property: Described("Le jeton du lien reçu par mail", "The token of the link in the mail", Example = "\"q3Zk8yT0rB1wV5nX7cD2fG4hJ6mP9sLaEuKiOoQtYx0\"")] string? Token);

internal sealed class CopyOwnDataEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/copy-by-link", (Guid id, CopyOwnDataBody body, ISender sender, CancellationToken token) =>
            sender.Send(new CopyOwnData(id, body.Token!), token).ToHttp())
        .Described(nameof(CopyOwnData), "Recevoir ses données par le lien du mail", "Get one's data by the link in the mail")
        .Noted("Sans clé : le jeton du lien suffit, une fois. La copie a toutes les candidatures de la personne : celles dont une adresse est la sienne.",
            "Without a key: the token of the link will do, once. The copy has all the person's candidatures: those of which an address is theirs.")
        .Answers<OwnDataView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.LinkUnknown, GerantCandidatureErrors.LinkExpired, GerantCandidatureErrors.LinkUsed, CommonErrors.ChangedMeanwhile, CommonErrors.PreconditionFailed)
        .AllowAnonymous();
}

internal sealed class CopyOwnDataValidator : AbstractValidator<CopyOwnData>
{
    public CopyOwnDataValidator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(ApplicantRules.LongestName);
}

internal sealed class CopyOwnDataHandler(ModuleSession<IRecruitmentStore> session, MergedCandidatures merged, PersonCandidatures persons, CurrentActor actor, TimeProvider time)
    : IRequestHandler<CopyOwnData, Result<OwnDataView>>
{
    public async Task<Result<OwnDataView>> Handle(CopyOwnData request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var opened = await session.OpenAsync(actor, merged, request.Id, LinkPurpose.Copy, request.Token, now, cancellationToken);
        if (opened.IsRefused(out var refused))
        {
            return refused;
        }

        List<CandidateCopyView> copies = [];
        foreach (var id in await persons.AllWithAsync(opened.Value, cancellationToken))
        {
            actor.Identify(Holder.Public with { Opened = id });
            if (await session.LoadAsync<GerantCandidature>(id, cancellationToken) is { } candidature)
            {
                copies.Add(await CandidateCopyView.MakeAsync(session, candidature, actor.Holder!, now, cancellationToken));
            }
        }

        return copies.Count == 0 ? GerantCandidatureErrors.LinkUnknown : await session.CommitAsync(new OwnDataView(LocalDays.Of(now), copies), cancellationToken);
    }
}
