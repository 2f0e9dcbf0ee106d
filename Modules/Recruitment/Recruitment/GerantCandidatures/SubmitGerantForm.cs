using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GerantCandidatures;

internal sealed record FormConsent(
    [property: Described("Version du texte montré", "Version of the text that was shown", Example = $"\"{ConsentText.CurrentVersion}\"")] string? Version,
    [property: Described("Langue du texte montré : `fr` ou `en`", "Language of the text that was shown: `fr` or `en`", Example = "\"fr\"")] string? Language,
    [property: Described("Vrai quand la personne est d'accord", "Whether the person agrees", Example = "true")] bool? Given,
    [property: Described("Vrai quand la personne veut rester connue deux ans, même refusée ; facultatif", "Whether the person wants to be remembered for two years, even if declined; optional")] bool KeepsLonger = false);

internal sealed record FormTaken(
    [property: Described("Ce qu'il faut dire à la personne", "What the person is to be told", Example = "\"Un mail vous est envoyé : suivez son lien.\"", EnglishExample = "\"A mail is sent to you: follow its link.\"")] string Text);

/// <summary>Somebody applies by the public form; nobody works on it before they follow the link in the mail.</summary>
internal sealed record SubmitGerantForm(
    [property: Described("Qui candidate", "Who applies")] ApplicantLetter? Applicant,
    [property: Described("L'accord au texte de `GET …/form`", "The consent to the text of `GET …/form`")] FormConsent? Consent,
    [property: Described("L'offre publiée à laquelle elle répond ; sans elle, la candidature est spontanée", "The published offer that it answers; without one the candidature is spontaneous")] Guid? OfferId = null,
    [property: Described("Où la personne voudrait tenir un café", "Where the person would like to run a café")] GerantWishes? Wishes = null,
    [property: Described("Où la personne a entendu parler de nous", "Where the person heard of us", Example = "\"Petites annonces\"")] string? Source = null,
    [property: Described("À cacher sur la page et à laisser vide : seuls les robots le remplissent", "To be hidden on the page and left empty: only robots fill it in", Example = "\"\"")] string? Website = null) : IRequest<Result<FormTaken>>;

internal sealed class SubmitGerantFormEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures/form", (SubmitGerantForm body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToAccepted())
        .Described(nameof(SubmitGerantForm), "Candidater à la gérance d'un café", "Apply to run a café")
        .Noted("Sans clé, et en nombre limité par adresse réseau. La réponse ne dit pas si l'adresse est connue : un lien à suivre part par mail. La demander de nouveau renvoie le lien ; la première lettre compte. Sans confirmation, tout est effacé.",
            "Without a key, and a limited number for a network address. The answer does not tell whether the address is known: a link to follow goes out by mail. Asking again sends the link again; the first letter counts. Without confirmation everything is erased.")
        .Answers<FormTaken>(StatusCodes.Status202Accepted)
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.NoLongerOpen, GerantCandidatureErrors.ConsentOutdated)
        .Limited("gerant-form", services => services.GetRequiredService<GerantFormSettings>() is var form ? (form.Permits, form.Window) : default)
        .AllowAnonymous();
}

internal sealed class SubmitGerantFormValidator : AbstractValidator<SubmitGerantForm>
{
    public SubmitGerantFormValidator(CommuneRegistry communes)
    {
        RuleFor(request => request.Applicant).Applicant(communes);
        RuleFor(request => request.Consent).NotNull().ChildRules(consent =>
        {
            consent.RuleFor(value => value!.Version).NotEmpty().MaximumLength(ApplicantRules.LongestName);
            consent.RuleFor(value => value!.Language).NotEmpty().Matches(@"^(fr|en)\z");
            consent.RuleFor(value => value!.Given).Cascade(CascadeMode.Stop).NotNull().Must(given => given is true).WithErrorCode("consent_required")
                .WithMessage(_ => Language.Choose("Sans l'accord de la personne, rien n'est conservé.", "Without the person's consent nothing is kept."));
        });
        RuleFor(request => request.Wishes).Wishes(communes);
        RuleFor(request => request.Source).MaximumLength(ApplicantRules.LongestName);
    }
}

internal sealed class SubmitGerantFormHandler(
    ModuleSession<IRecruitmentStore> session, PendingCandidatures pending, GerantFormSettings settings, CommuneRegistry communes, Antennes antennes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<SubmitGerantForm, Result<FormTaken>>
{
    // Whoever writes for somebody else's address fills no letter box
    private const int MostPending = 5;

    private static FormTaken Taken => new(Language.Choose(
        "Merci ! Si l'adresse est la bonne, un mail vous est envoyé : suivez son lien pour confirmer votre candidature.", "Thank you! If the address is right, a mail is sent to you: follow its link to confirm your candidature."));

    private static FormTaken TakenBeside => new(Taken.Text + Language.Choose(
        " Quelqu'un est déjà retenu pour ce café : la vôtre compte si cela ne se fait pas, ou pour un autre café.", " Somebody is already retained for this café: yours counts if that falls through, or for another café."));

    public async Task<Result<FormTaken>> Handle(SubmitGerantForm request, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(request.Website))
        {
            return Taken;
        }

        var text = ConsentText.Current;
        if (request.Consent!.Version != text.Version)
        {
            return GerantCandidatureErrors.ConsentOutdated;
        }

        var now = time.GetUtcNow();
        GeranceOffer? offer = null;
        if (request.OfferId is { } wanted)
        {
            var open = await session.FindOpenAsync(wanted, LocalDays.Of(now), cancellationToken);
            if (open.IsRefused(out var closed))
            {
                return closed;
            }

            offer = open.Value;
        }

        var (id, language) = (Guid.CreateVersion7(now), request.Consent.Language!);
        var candidature = GerantCandidature.Receive(
            id, request.Applicant!.ToApplicant(communes.Find(request.Applicant.InseeCode)!.Commune), offer, request.Wishes.ToWishes(), new(request.Source, null),
            new(text.Version, language, text.In(language), now, request.Consent.KeepsLonger), antennes, now + settings.ConfirmWithin, now);
        var taken = offer is not null && await pending.IsReservedAsync(offer.Id, cancellationToken) ? TakenBeside : Taken;
        var known = await pending.FindAsync(candidature.EmailKey!, offer?.Id, cancellationToken);
        if (known is null && await pending.CountAsync(candidature.EmailKey!, cancellationToken) >= MostPending)
        {
            return taken;
        }

        if (known is null)
        {
            actor.Identify(Holder.Public with { Opened = id });
            session.Insert(candidature);
        }

        await session.PublishAsync(new MailCandidateLink(known ?? id, now));
        // Two that come at once are one
        _ = await session.CommitAsync(Done.Value, cancellationToken);
        return taken;
    }
}
