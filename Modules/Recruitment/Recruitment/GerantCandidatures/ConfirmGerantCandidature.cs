using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The candidate followed the link in the mail and says that it was them.</summary>
internal sealed record ConfirmGerantCandidature(Guid Id, string Token) : IRequest<Result<Done>>;

internal sealed record ConfirmGerantCandidatureBody(
    [property: Described("Le jeton du lien reçu par mail", "The token of the link in the mail", Example = "\"q3Zk8yT0rB1wV5nX7cD2fG4hJ6mP9sLaEuKiOoQtYx0\"")] string? Token);

internal sealed class ConfirmGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/confirmation", (Guid id, ConfirmGerantCandidatureBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ConfirmGerantCandidature(id, body.Token!), token).ToNoContent())
        .Described(nameof(ConfirmGerantCandidature), "Confirmer sa candidature par le lien du mail", "Confirm one's candidature by the link in the mail")
        .Noted("Sans clé : le jeton du lien suffit, une fois. Ouvrir le lien ne confirme rien, les filtres de messagerie le font aussi.",
            "Without a key: the token of the link will do, once. Opening the link confirms nothing, for mail filters do that too.")
        .Produces(StatusCodes.Status204NoContent)
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.LinkUnknown, GerantCandidatureErrors.LinkExpired, GerantCandidatureErrors.LinkUsed,
            GerantCandidatureErrors.AlreadyConfirmed, GerantCandidatureErrors.StageNotAllowed, CommonErrors.ChangedMeanwhile)
        .AllowAnonymous();
}

internal sealed class ConfirmGerantCandidatureValidator : AbstractValidator<ConfirmGerantCandidature>
{
    public ConfirmGerantCandidatureValidator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(ApplicantRules.LongestName);
}

internal sealed class ConfirmGerantCandidatureHandler(ModuleSession<IRecruitmentStore> session, MergedCandidatures merged, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ConfirmGerantCandidature, Result<Done>>
{
    public async Task<Result<Done>> Handle(ConfirmGerantCandidature request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var opened = await session.OpenAsync(actor, merged, request.Id, LinkPurpose.Confirmation, request.Token, now, cancellationToken);
        if (opened.IsRefused(out var refused))
        {
            return refused;
        }

        var confirmed = await session.DecideAsync<GerantCandidature>(
            opened.Value, GerantCandidatureErrors.LinkUnknown, candidature => candidature.Confirm(null, null, now), cancellationToken,
            publish: candidature => new GerantCandidatureConfirmed(candidature.Id, now));
        return confirmed.Select(_ => Done.Value);
    }
}
