using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GerantCandidatures;

internal sealed record GivenConsent(
    [property: Described("Où se retrouve le texte montré à la personne", "Where the text that was shown to the person is found", Example = "\"CGU du 1er mars 2026, article 4\"")] string? Reference,
    [property: Described("Instant de l'accord", "When it was given", Example = DescribedAttribute.Yesterday)] DateTimeOffset? GivenAt,
    [property: Described("Vrai quand la personne veut rester connue deux ans, même refusée ; facultatif", "Whether the person wants to be remembered for two years, even if declined; optional")] bool KeepsLonger = false);

/// <summary>A partner, or the team, hands on the candidature of somebody who agreed to it; it is confirmed at once.</summary>
internal sealed record SendGerantCandidature(
    [property: Described("Qui candidate", "Who applies")] ApplicantLetter? Applicant,
    [property: Described("L'accord de la personne à être transmise", "The person's consent to be handed on")] GivenConsent? Consent,
    [property: Described("L'offre à laquelle elle répond ; sans elle, la candidature est spontanée", "The offer that it answers; without one the candidature is spontaneous")] Guid? OfferId = null,
    [property: Described("Où la personne voudrait tenir un café", "Where the person would like to run a café")] GerantWishes? Wishes = null,
    [property: Described("Nom de la source, comme l'annonce", "Name of the source, such as the advertisement", Example = "\"Petites annonces\"")] string? Source = null) : IRequest<Result<GerantCandidatureView>>;

internal sealed class SendGerantCandidatureEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/gerant-candidatures", (SendGerantCandidature body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(candidature => $"/v1/recruitment/gerant-candidatures/{candidature.Id}"))
        .Described(nameof(SendGerantCandidature), "Transmettre la candidature d'un gérant", "Hand on a gérant's candidature")
        .Noted("La source est le client de la clé. Le partenaire en relit ensuite l'étape ; la personne qu'il transmet reçoit un courriel, avec de quoi se retirer et lire ou effacer ses données.",
            "The source is the client of the key. The partner then reads its stage back; whoever it hands on gets a mail, with links to withdraw and to read or erase their data.")
        .Answers<GerantCandidatureView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, GeranceOfferErrors.Unknown, GeranceOfferErrors.NotPublished, GeranceOfferErrors.NoLongerOpen, GerantCandidatureErrors.AlreadySent)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Partner);
}

internal sealed class SendGerantCandidatureValidator : AbstractValidator<SendGerantCandidature>
{
    public SendGerantCandidatureValidator(CommuneRegistry communes, TimeProvider time)
    {
        RuleFor(request => request.Applicant).Applicant(communes);
        RuleFor(request => request.Consent).NotNull().ChildRules(consent =>
        {
            consent.RuleFor(value => value!.Reference).NotEmpty().MaximumLength(ApplicantRules.LongestName);
            consent.RuleFor(value => value!.GivenAt).NotNull();
            consent.RuleFor(value => value!.GivenAt).NotLongAgo(time).Passed(time);
        });
        RuleFor(request => request.Wishes).Wishes(communes);
        RuleFor(request => request.Source).MaximumLength(ApplicantRules.LongestName);
    }
}

internal sealed class SendGerantCandidatureHandler(
    ModuleSession<IRecruitmentStore> session, PersonCandidatures persons, CommuneRegistry communes, Antennes antennes, CurrentActor actor, TimeProvider time)
    : IRequestHandler<SendGerantCandidature, Result<GerantCandidatureView>>
{
    public async Task<Result<GerantCandidatureView>> Handle(SendGerantCandidature request, CancellationToken cancellationToken)
    {
        var (now, holder) = (time.GetUtcNow(), actor.Holder!);
        var offer = request.OfferId is { } id ? await session.LoadAsync<GeranceOffer>(id, cancellationToken) : null;
        if (offer is null && request.OfferId is not null)
        {
            return GeranceOfferErrors.Unknown;
        }

        if (offer?.IsOpenOn(LocalDays.Of(now)) is false)
        {
            return holder.IsStaff ? GeranceOfferErrors.NotPublished : GeranceOfferErrors.NoLongerOpen;
        }

        var consent = new Consent(request.Consent!.Reference!, null, null, request.Consent.GivenAt!.Value.ToUniversalTime(), request.Consent.KeepsLonger);
        var candidature = GerantCandidature.Receive(
            Guid.CreateVersion7(now), request.Applicant!.ToApplicant(communes.Find(request.Applicant.InseeCode)!.Commune), offer, request.Wishes.ToWishes(),
            new(request.Source, holder.ClientId, holder.IsStaff), consent, antennes, confirmBefore: null, now);
        var (email, client) = (candidature.EmailKey, holder.ClientId);
        // Be it part of another now
        if ((await persons.OfAddressAsync(email!, cancellationToken)).Any(other => other.GoesOnAsSentBy(client, offer?.Id)))
        {
            return GerantCandidatureErrors.AlreadySent;
        }

        session.Insert(candidature);
        if (candidature.Source.Partner is not null)
        {
            await session.PublishAsync(new MailCandidateSent(candidature.Id, now));
        }

        return await session.CommitAsync(GerantCandidatureView.Of(candidature, holder), cancellationToken, GerantCandidatureErrors.AlreadySent);
    }
}
