using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

/// <summary>A partner was given an offer, or published it; it says so itself, or the team does for it.</summary>
internal sealed record NoteOfferDiffusion(
    [property: Described("L'offre, publiée", "The offer, published")] Guid? OfferId,
    [property: Described("Le client du partenaire ; celui de la clé quand un partenaire note lui-même", "The partner's client; that of the key when a partner notes it itself", Example = "null")] Guid? ClientId = null,
    [property: Described("Nom du partenaire ; il le faut à l'équipe quand il n'a pas de client", "Name of the partner; the team needs it when it has no client", Example = "\"Emplois ruraux\"")] string? PartnerName = null,
    [property: Described("Où il montre l'offre ; sans adresse, elle lui est seulement confiée", "Where it shows the offer; without an address it was only given to it", Example = "\"https://emplois.example/offres/4711\"")] string? Url = null,
    [property: Described("Depuis quand ; à l'instant par défaut", "Since when; just now by default", Example = DescribedAttribute.Yesterday)] DateTimeOffset? PublishedAt = null)
    : IRequest<Result<OfferDiffusionView>>;

internal sealed class NoteOfferDiffusionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/v1/recruitment/offer-diffusions", (NoteOfferDiffusion body, ISender sender, CancellationToken token) =>
            sender.Send(body, token).ToCreated(diffusion => $"/v1/recruitment/offer-diffusions/{diffusion.Id}"))
        .Described(nameof(NoteOfferDiffusion), "Noter la diffusion d'une offre", "Note the diffusion of an offer")
        .Answers<OfferDiffusionView>(StatusCodes.Status201Created)
        .Refuses(CommonErrors.Malformed, OfferDiffusionErrors.UnknownOffer, OfferDiffusionErrors.AlreadyNoted,
            KnownClientErrors.Unknown, KnownClientErrors.Disabled, KnownClientErrors.OtherKind)
        .RequireScope("recruitment:write", HolderKind.Staff, HolderKind.Partner);
}

internal sealed class NoteOfferDiffusionValidator : AbstractValidator<NoteOfferDiffusion>
{
    public NoteOfferDiffusionValidator(TimeProvider time)
    {
        RuleFor(request => request.OfferId).NotNull();
        RuleFor(request => request.PartnerName).MaximumLength(200);
        RuleFor(request => request.Url).MaximumLength(2_000).PublicAddress();
        RuleFor(request => request.PublishedAt).Passed(time);
    }
}

internal sealed class NoteOfferDiffusionHandler(ModuleSession<IRecruitmentStore> session, CurrentActor actor, TimeProvider time)
    : IRequestHandler<NoteOfferDiffusion, Result<OfferDiffusionView>>
{
    public async Task<Result<OfferDiffusionView>> Handle(NoteOfferDiffusion request, CancellationToken cancellationToken)
    {
        var holder = actor.Holder!;
        var client = request.ClientId ?? (holder.Kind == HolderKind.Partner ? holder.ClientId : null);
        if (client is null && string.IsNullOrWhiteSpace(request.PartnerName))
        {
            return CommonErrors.Malformed with { Fields = [new("/partnerName", "not_empty", Language.Choose("Il faut dire quel partenaire.", "It has to be told which partner."))] };
        }

        var now = time.GetUtcNow();
        if (await session.LoadAsync<GeranceOffer>(request.OfferId!.Value, cancellationToken) is not { } offer || !offer.IsOpenOn(LocalDays.Of(now)))
        {
            return OfferDiffusionErrors.UnknownOffer;
        }

        // A partner that names another is refused for that
        if (holder.IsStaff && client is { } partner && await session.WhyNotAsync([new(partner, HolderKind.Partner)], cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var diffusion = OfferDiffusion.Note(Guid.CreateVersion7(now), offer, new(client, request.PartnerName), request.Url, request.PublishedAt, actor.Id, now);
        session.Insert(diffusion);
        return await session.CommitAsync(OfferDiffusionView.Of(diffusion), cancellationToken, OfferDiffusionErrors.AlreadyNoted);
    }
}
