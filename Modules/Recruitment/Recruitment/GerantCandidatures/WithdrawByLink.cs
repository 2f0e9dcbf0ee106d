using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The candidate takes their candidature back, by a link in one of their mails.</summary>
internal sealed record WithdrawByLink(Guid Id, string Token, string? Reason) : IRequest<Result<Done>>;

internal sealed record WithdrawByLinkBody(
    [property: Described("Le jeton du lien reçu par mail", "The token of the link in the mail", Example = "\"q3Zk8yT0rB1wV5nX7cD2fG4hJ6mP9sLaEuKiOoQtYx0\"")] string? Token,
    [property: Described("Motif, facultatif", "Reason, optional", Example = "\"J'ai trouvé un autre café.\"")] string? Reason = null);

internal sealed class WithdrawByLinkEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/withdrawal-by-link", (Guid id, WithdrawByLinkBody body, ISender sender, CancellationToken token) =>
            sender.Send(new WithdrawByLink(id, body.Token!, body.Reason), token).ToNoContent())
        .Described(nameof(WithdrawByLink), "Retirer sa candidature par le lien du mail", "Withdraw one's candidature by the link in the mail")
        .Noted("Sans clé : le jeton du lien suffit, une fois.",
            "Without a key: the token of the link will do, once.")
        .Produces(StatusCodes.Status204NoContent)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.LinkUnknown, GerantCandidatureErrors.LinkExpired, GerantCandidatureErrors.LinkUsed,
            GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .AllowAnonymous();
}

internal sealed class WithdrawByLinkValidator : AbstractValidator<WithdrawByLink>
{
    public WithdrawByLinkValidator()
    {
        RuleFor(request => request.Token).NotEmpty().MaximumLength(ApplicantRules.LongestName);
        RuleFor(request => request.Reason).MaximumLength(4_000);
    }
}

internal sealed class WithdrawByLinkHandler(ModuleSession<IRecruitmentStore> session, MergedCandidatures merged, CurrentActor actor, TimeProvider time) : IRequestHandler<WithdrawByLink, Result<Done>>
{
    public async Task<Result<Done>> Handle(WithdrawByLink request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var opened = await session.OpenAsync(actor, merged, request.Id, LinkPurpose.Withdrawal, request.Token, now, cancellationToken);
        if (opened.IsRefused(out var refused))
        {
            return refused;
        }

        var withdrawn = await session.DecideAsync<GerantCandidature>(
            opened.Value, GerantCandidatureErrors.LinkUnknown, candidature => candidature.Withdraw(request.Reason, null, now), cancellationToken,
            news: (before, gone) => before.NewsOn(gone, now),
            along: (gone, documents) => documents.FollowAsync(new(gone, null, now), cancellationToken));
        return withdrawn.Select(_ => Done.Value);
    }
}
