using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The team told a candidate that they will be erased, because no mail does, or tried in vain.</summary>
internal sealed record NoteErasureNotice(Guid Id, string How, bool Reached) : IRequest<Result<GerantCandidatureView>>;

internal sealed record NoteErasureNoticeBody(
    [property: Described("Comment la personne a été prévenue, ou ce qui a été tenté", "How the person was told, or what was tried", Example = "\"Au téléphone\"")] string? How,
    [property: Described("Faux quand la personne n'a pas pu être jointe", "False when the person could not be reached", Example = "true")] bool? Reached = null);

internal sealed class NoteErasureNoticeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/{id:guid}/erasure-notice", (Guid id, NoteErasureNoticeBody body, ISender sender, CancellationToken token) =>
            sender.Send(new NoteErasureNotice(id, body.How!, body.Reached ?? true), token).ToHttp())
        .Described(nameof(NoteErasureNotice), "Noter que la personne est prévenue de son effacement", "Note that the person was told of their erasure")
        .Noted("Pour qui n'est pas atteint par mail, quand `due-erasures` dit qu'il est temps. L'effacement suit au bout du préavis, et pas avant la fin de la durée de conservation. Qu'une personne ne peut être jointe (`reached: false`) ne se dit que de celles qu'aucun mail n'atteint ; le préavis court de même.",
            "For those whom no mail reaches, when `due-erasures` says that it is time. The erasure follows when the notice is over, and not before the time that the data is kept is. That somebody cannot be reached (`reached: false`) is said only of those whom no mail reaches; the notice runs all the same.")
        .Answers<GerantCandidatureView>()
        .Refuses(CommonErrors.Malformed, GerantCandidatureErrors.Unknown, GerantCandidatureErrors.Merged, GerantCandidatureErrors.NoticeNotDue, GerantCandidatureErrors.ToldByMail, CommonErrors.ChangedMeanwhile)
        .RequireScope("recruitment:write", HolderKind.Staff);
}

internal sealed class NoteErasureNoticeValidator : AbstractValidator<NoteErasureNotice>
{
    public NoteErasureNoticeValidator() => RuleFor(request => request.How).NotEmpty().MaximumLength(400);
}

internal sealed class NoteErasureNoticeHandler(ModuleSession<IRecruitmentStore> session, RetentionSettings settings, Mailer mailer, CurrentActor actor, TimeProvider time)
    : IRequestHandler<NoteErasureNotice, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(NoteErasureNotice request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var noted = await session.ActAsync(
            request.Id,
            candidature => RetentionTerm.Of(candidature, settings)?.IsNoticeDue(now) is not true ? GerantCandidatureErrors.NoticeNotDue
                : !request.Reached && candidature.StandingRefusal is null && candidature.IsReachedBy(mailer) ? GerantCandidatureErrors.ToldByMail
                : candidature.NoticeErasure(request.How, request.Reached, actor.Id, now),
            cancellationToken);
        return noted.Select(candidature => GerantCandidatureView.Of(candidature, actor.Holder!));
    }
}
