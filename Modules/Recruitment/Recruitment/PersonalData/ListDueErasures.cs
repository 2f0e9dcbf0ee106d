using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>What a candidature will lose, and when.</summary>
internal sealed record DueErasureView(
    [property: Described("La candidature", "The candidature")] Guid CandidatureId,
    [property: Described("Son étape", "Its stage")] GerantStage Stage,
    [property: Described("La règle qui s'applique", "The rule that holds")] RetentionRule Rule,
    [property: Described("Dernier contact", "Last contact")] DateTimeOffset LastContactAt,
    [property: Described("Fin de la durée de conservation", "When the time it may be kept is over")] DateTimeOffset EndsAt,
    [property: Described("Quand la personne est prévenue, ou l'a été", "When the person is told, or was")] DateTimeOffset NoticeAt,
    [property: Described("Quand tout est effacé ; nul tant que la personne n'est pas prévenue", "When all is erased; null until the person is told")] DateTimeOffset? ErasesAt,
    [property: Described("Faux quand aucun mail n'atteint la personne : rien n'est effacé avant que l'équipe ne l'ait prévenue et noté", "False when no mail reaches the person: nothing is erased before the team has told them and noted it", Example = "true")] bool ToldByMail,
    [property: Described("Quand un serveur de messagerie a refusé le mail qui devait prévenir la personne : elle n'est pas prévenue", "When a mail server refused the mail that was to tell the person: they are not told", Example = "null")] DateTimeOffset? MailRefusedAt,
    [property: Described("Le numéro de sa réponse ; 550 : l'adresse n'existe plus", "The number of its reply; 550: the address is no more", Example = "null")] int? MailReply)
{
    public static DueErasureView Of(GerantCandidature candidature, RetentionTerm term, bool toldByMail) =>
        new(candidature.Id, candidature.Stage, term.Rule, candidature.LastContactAt, term.EndsAt, term.NoticeAt, term.ErasesAt, toldByMail,
            candidature.StandingRefusal?.At, candidature.StandingRefusal?.Reply);
}

/// <summary>Says which candidates would be told or erased by a day, and does nothing.</summary>
internal sealed record ListDueErasures(
    [property: Described("L'instant qui compte ; maintenant par défaut", "The instant that counts; now by default")] DateTimeOffset? At,
    [property: Described(Paging.UpdatedSinceFrench, Paging.UpdatedSinceEnglish)] DateTimeOffset? UpdatedSince,
    [property: Described(Paging.LimitFrench, Paging.LimitEnglish)] int? Limit,
    [property: Described(Paging.AfterFrench, Paging.AfterEnglish)] string? After) : IRequest<Result<Page<DueErasureView>>>, IListRequest;

internal sealed class ListDueErasuresEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/v1/recruitment/due-erasures", ([AsParameters] ListDueErasures query, ISender sender, CancellationToken token) =>
            sender.Send(query, token).ToHttp())
        .Described(nameof(ListDueErasures), "Prévoir les effacements", "Foresee the erasures")
        .Noted("Qui serait prévenu ou effacé à cet instant si l'effacement quotidien passait, d'abord ce qui prend fin d'abord ; rien n'est changé.",
            "Who would be told or erased at this instant if the daily erasure came by, what ends first first; nothing is changed.")
        .Answers<Page<DueErasureView>>()
        .Refuses(CommonErrors.Malformed)
        .RequireScope("recruitment:read", HolderKind.Staff);
}

internal sealed class ListDueErasuresValidator : ListValidator<ListDueErasures>
{
    public ListDueErasuresValidator()
        : base(_ => true) => RuleFor(query => query.After).Must((query, cursor) => Paging.TryParse(DueErasures.Order(query), cursor, out _))
            .WithErrorCode("bad_cursor").WithMessage(_ => CommonErrors.BadCursor.Text);
}

internal sealed class ListDueErasuresHandler(DueErasures due, Mailer mailer, TimeProvider time)
    : IRequestHandler<ListDueErasures, Result<Page<DueErasureView>>>
{
    public async Task<Result<Page<DueErasureView>>> Handle(ListDueErasures request, CancellationToken cancellationToken) =>
        await due.ReadAsync(request, request.At ?? time.GetUtcNow(), (candidature, term) => DueErasureView.Of(candidature, term, candidature.IsReachedBy(mailer)), cancellationToken);
}
