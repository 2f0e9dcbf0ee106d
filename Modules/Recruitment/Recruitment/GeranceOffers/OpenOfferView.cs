using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

internal sealed record OpenOfferCommuneView(
    [property: Described("Code INSEE", "INSEE code", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom officiel", "Official name", Example = "\"Sénergues\"")] string Name,
    [property: Described("Codes postaux", "Postcodes", Example = "[\"12320\"]")] IReadOnlyList<string> Postcodes,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement,
    [property: Described("Nom du département", "Name of the département", Example = "\"Aveyron\"")] string? DepartementName,
    [property: Described("Nom de la région", "Name of the region", Example = "\"Occitanie\"")] string? Region)
{
    public static OpenOfferCommuneView Of(GeranceOffer offer, CommuneRegistry communes)
    {
        var commune = communes.Find(offer.InseeCode)?.Commune;
        return new(offer.InseeCode, offer.CommuneName, commune?.Postcodes ?? [], offer.Departement, commune?.DepartementName, commune?.Region);
    }
}

/// <summary>An offer as anybody sees it.</summary>
internal sealed record OpenOfferView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "2")] long Revision,
    [property: Described("Titre de l'annonce", "Title of the offer", Example = "\"Gérance du café de Sénergues\"")] string Title,
    [property: Described("La commune", "The commune")] OpenOfferCommuneView Commune,
    [property: Described("Modèle du café", "Model of the café", Example = "\"entrepreneurial\"")] CafeModel Model,
    [property: Described("Le logement", "The housing")] OfferHousingView Housing,
    [property: Described("Rémunération garantie par mois, en centimes ; nulle pour des bénévoles", "Remuneration guaranteed a month, in cents; null for volunteers", Example = "150000")] int? GuaranteedRemunerationCents,
    [property: Described("Monnaie", "Currency", Example = "\"EUR\"")] string Currency,
    [property: Described("Jour de la reprise ou de l'ouverture", "Day of the takeover or of the opening", Example = "\"2027-04-01\"")] DateOnly StartsOn,
    [property: Described("Ce que cherche la commune", "What the commune looks for", Example = "\"Des personnes qui aiment accueillir.\"")] string LookingFor,
    [property: Described("Services attendus", "Services expected", Example = "[\"breadDepot\", \"postPoint\"]")] IReadOnlyList<CafeService> ServicesExpected,
    [property: Described("Instant de la dernière publication", "When it was published last")] DateTimeOffset PublishedAt,
    [property: Described("Dernier jour pour répondre, en France", "Last day to answer, in France", Example = "\"2027-03-01\"")] DateOnly ExpiresOn)
{
    public static OpenOfferView Of(GeranceOffer offer, CommuneRegistry communes) => new(
        offer.Id,
        offer.Revision,
        offer.Facts.Title!,
        OpenOfferCommuneView.Of(offer, communes),
        offer.Facts.Model!.Value,
        new(offer.Facts.Housing!.Provided, offer.Facts.Housing.Description),
        offer.Facts.GuaranteedRemunerationCents,
        GeranceOfferView.Euros,
        offer.Facts.StartsOn!.Value,
        offer.Facts.LookingFor!,
        offer.Facts.ServicesExpected,
        offer.PublishedAt!.Value,
        offer.Facts.ExpiresOn!.Value);
}
