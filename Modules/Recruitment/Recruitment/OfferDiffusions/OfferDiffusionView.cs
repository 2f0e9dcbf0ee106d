using MilleCafes.Shared;

namespace MilleCafes.Recruitment.OfferDiffusions;

internal sealed record DiffusionEventView(
    [property: Described("L'acte", "The act", Example = "\"published\"")] string Act,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("Le client qui a agi", "The client that acted", Example = "\"00000000-0000-7000-8000-000000000001\"")] string Actor,
    [property: Described("L'adresse où l'offre est alors montrée, quand il y en a une", "The address at which the offer then is shown, when there is one", Example = "\"https://emplois.example/offres/4711\"")] string? Url);

/// <summary>An offer at a partner's, as the API shows it.</summary>
internal sealed record OfferDiffusionView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("L'offre", "The offer")] Guid OfferId,
    [property: Described("Le client du partenaire, s'il en a un", "The partner's client, if it has one")] Guid? ClientId,
    [property: Described("Nom du partenaire", "Name of the partner", Example = "\"Emplois ruraux\"")] string? PartnerName,
    [property: Described("Quand l'offre lui a été confiée", "When the offer was given to it")] DateTimeOffset GivenAt,
    [property: Described("Quand il l'a publiée", "When it published the offer")] DateTimeOffset? PublishedAt,
    [property: Described("Où il la montre", "Where it shows the offer", Example = "\"https://emplois.example/offres/4711\"")] string? Url,
    [property: Described("Quand il l'a retirée", "When it withdrew the offer", Example = "null")] DateTimeOffset? WithdrawnAt,
    [property: Described("Tout ce qui a été noté, dans l'ordre", "All that was noted, in order")] IReadOnlyList<DiffusionEventView> History)
{
    public static OfferDiffusionView Of(OfferDiffusion diffusion) => new(
        diffusion.Id,
        diffusion.Revision,
        diffusion.OfferId,
        diffusion.Partner.ClientId,
        diffusion.Partner.Name,
        diffusion.GivenAt,
        diffusion.PublishedAt,
        diffusion.Url,
        diffusion.WithdrawnAt,
        [.. diffusion.History.Select(done => new DiffusionEventView(done.Act, done.At, done.Actor, done.Url))]);
}
