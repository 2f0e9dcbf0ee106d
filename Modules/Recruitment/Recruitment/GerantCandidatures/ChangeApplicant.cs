using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A candidate has what is known of them put right, or says anew how long they may be remembered; the team does it for them.</summary>
internal sealed record ChangeApplicant(Guid Id, ApplicantLetter? Applicant, string Reason, bool? KeepsLonger) : IRequest<Result<GerantCandidatureView>>;

internal sealed record ChangeApplicantBody(
    [property: Described("Qui candidate, en entier", "Who applies, the whole of it")] ApplicantLetter? Applicant,
    [property: Described("Comment la personne l'a dit", "How the person told it", Example = "\"Au téléphone, le 12 mars\"")] string? Reason,
    [property: Described("Vrai quand la personne veut rester connue deux ans, même refusée, faux quand elle ne le veut plus ; sans cela, ce qu'elle avait dit vaut toujours", "Whether the person wants to be remembered for two years, even if declined; without it, what they had said still holds", Example = "true")] bool? KeepsLonger = null);

internal sealed class ChangeApplicantEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/rectification", (Guid id, ChangeApplicantBody body, ISender sender, CancellationToken token) =>
            sender.Send(new ChangeApplicant(id, body.Applicant, body.Reason!, body.KeepsLonger), token).ToHttp())
        .Described(nameof(ChangeApplicant), "Rectifier ce qu'un candidat a dit de lui", "Put right what a candidate told of themselves")
        .Noted("À la demande de la personne. Quand l'adresse change, les liens envoyés à l'ancienne ne servent plus : la confirmation, les créneaux ou l'heure d'un entretien et les jours d'une immersion partent de nouveau à la nouvelle. La réponse dit quelles autres candidatures ont maintenant la même adresse ou le même téléphone (`possibleDuplicates`).",
            "As the person asks. When the address changes, links that were sent to the former one serve no longer: the confirmation, the slots or the hour of an interview and the days of an immersion go out again to the new one. The answer tells which other candidatures now have the same address or telephone (`possibleDuplicates`).")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.SameAddress, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class ChangeApplicantValidator : AbstractValidator<ChangeApplicant>
{
    public ChangeApplicantValidator(CommuneRegistry communes)
    {
        RuleFor(request => request.Applicant).Applicant(communes);
        RuleFor(request => request.Reason).NotEmpty().MaximumLength(4_000);
    }
}

internal sealed class ChangeApplicantHandler(
    ModuleSession<IRecruitmentStore> session, GerantFormSettings settings, CommuneRegistry communes, Antennes antennes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<ChangeApplicant, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(ChangeApplicant request, CancellationToken cancellationToken)
    {
        var (now, former) = (time.GetUtcNow(), "");
        var applicant = request.Applicant!.ToApplicant(communes.Find(request.Applicant.InseeCode)!.Commune);
        var changed = await session.ActAsync(
            request.Id,
            candidature =>
            {
                former = candidature.Applicant.Email;
                return candidature.ChangeApplicant(applicant, request.KeepsLonger, request.Reason, antennes, now + settings.ConfirmWithin, actor.Id, now);
            },
            cancellationToken,
            onDuplicate: GerantCandidatureErrors.SameAddress,
            along: async (next, documents) =>
            {
                var news = await documents.FollowAsync(new(next, actor.Id, now), cancellationToken);
                return former == applicant.Email ? news : [.. news, .. await documents.MailAnewAsync(next, next.Subjects(), cancellationToken), .. OwnMailOf(next, now)];
            });
        return changed.IsRefused(out var refused)
            ? refused
            : GerantCandidatureView.Of(changed.Value, actor.Holder!, await session.DuplicatesOfAsync(changed.Value, cancellationToken));
    }

    private static IEnumerable<object> OwnMailOf(GerantCandidature next, DateTimeOffset now) => next switch
    {
        { ConfirmedAt: null } => [new MailCandidateLink(next.Id, now)],
        // The letter that says who handed them on, and what they can do about it, went elsewhere
        { Source.Partner: not null } => [new MailCandidateSent(next.Id, now)],
        // It says that the team will study it
        { Stage: GerantStage.Received } => [new MailCandidateConfirmed(next.Id, now)],
        _ => [],
    };
}
