using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>A candidate asks what is known of them, or wants it erased; the links for both are mailed to them.</summary>
internal sealed record AskForOwnData(
    [property: Described("L'adresse donnée lors de la candidature", "The address given with the candidature", Example = "\"camille@example.org\"")] string? Email) : IRequest<Result<FormTaken>>;

internal sealed class AskForOwnDataEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/own-data-links", (AskForOwnData body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToAccepted())
        .Described(nameof(AskForOwnData), "Demander ses propres données", "Ask for one's own data")
        .Noted("Sans clé, et en nombre limité par adresse réseau. La réponse ne dit pas si l'adresse est connue : un mail part à cette adresse avec deux liens, l'un vers une copie, l'autre vers l'effacement, de toutes les candidatures de la personne.",
            "Without a key, and a limited number for a network address. The answer does not tell whether the address is known: a mail goes to this address with two links, one to a copy, one to the erasure, of all the person's candidatures.")
        .Answers<FormTaken>(StatusCodes.Status202Accepted)
        .Refuses(CommonErrors.Malformed)
        .Limited("gerant-form", services => services.GetRequiredService<GerantFormSettings>() is var form ? (form.Permits, form.Window) : default)
        .AllowAnonymous();
}

internal sealed class AskForOwnDataValidator : AbstractValidator<AskForOwnData>
{
    public AskForOwnDataValidator() =>
        RuleFor(request => request.Email).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(ApplicantRules.LongestEmail).EmailAddress().MailAddress();
}

internal sealed class AskForOwnDataHandler(ModuleSession<IRecruitmentStore> session, PersonCandidatures persons, TimeProvider time) : IRequestHandler<AskForOwnData, Result<FormTaken>>
{
    public async Task<Result<FormTaken>> Handle(AskForOwnData request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // One mail, whose links are of all that the person sent
        if (await persons.LatestAsync(ContactKeys.OfEmail(request.Email)!, cancellationToken) is { } known)
        {
            await session.PublishAsync(new OwnDataAsked(known, now));
        }

        return await session.CommitAsync(
            new FormTaken(Language.Choose("Si l'adresse est celle d'une candidature, un mail vous est envoyé.", "If the address is that of a candidature, a mail is sent to you.")), cancellationToken);
    }
}
