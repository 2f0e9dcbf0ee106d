using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

internal sealed record OfferCommuneView(
    [property: Described("Code INSEE", "INSEE code", Example = "\"12268\"")] string InseeCode,
    [property: Described("Nom officiel", "Official name", Example = "\"Sénergues\"")] string Name,
    [property: Described("Code du département", "Code of the département", Example = "\"12\"")] string Departement);

internal sealed record OfferEventView(
    [property: Described("L'acte", "The act", Example = "\"drafted\"")] string Act,
    [property: Described("Son instant", "When")] DateTimeOffset At,
    [property: Described("Le client qui a agi ; nul pour l'horloge et pour ce qui vient d'un autre module", "The client that acted; null for the clock and for what comes of another module", Example = "\"00000000-0000-7000-8000-000000000001\"")] string? Actor,
    [property: Described("Le motif, quand il y en a un", "The reason, when there is one", Example = "null")][property: PersonalData] string? Reason);

/// <summary>An offer as the team and the mairie see it.</summary>
internal sealed record GeranceOfferView(
    [property: Described("Identifiant", "Id")] Guid Id,
    [property: Described("Révision, qui augmente à chaque changement", "Revision, one more at each change", Example = "1")] long Revision,
    [property: Described("Où en est l'offre", "Where the offer stands")] GeranceOfferStatus Status,
    [property: Described("La commune", "The commune")] OfferCommuneView Commune,
    [property: Described("Le café, s'il existe déjà", "The café, if there is one already")] Guid? CafeId,
    [property: Described("Titre de l'annonce", "Title of the offer", Example = "\"Gérance du café de Sénergues\"")] string? Title,
    [property: Described("Modèle du café", "Model of the café")] CafeModel? Model,
    [property: Described("Le logement", "The housing")] OfferHousingView? Housing,
    [property: Described("Rémunération garantie par mois, en centimes", "Remuneration guaranteed a month, in cents", Example = "150000")] int? GuaranteedRemunerationCents,
    [property: Described("Monnaie", "Currency", Example = "\"EUR\"")] string Currency,
    [property: Described("Jour de la reprise ou de l'ouverture", "Day of the takeover or of the opening", Example = "\"2027-04-01\"")] DateOnly? StartsOn,
    [property: Described("Ce que cherche la commune", "What the commune looks for", Example = "\"Des personnes qui aiment accueillir.\"")] string? LookingFor,
    [property: Described("Services attendus", "Services expected", Example = "[\"breadDepot\", \"postPoint\"]")] IReadOnlyList<CafeService> ServicesExpected,
    [property: Described("Dernier jour pour répondre, en France", "Last day to answer, in France", Example = "\"2027-03-01\"")] DateOnly? ExpiresOn,
    [property: Described("Ce qui manque encore pour publier", "What is still missing before publishing", Example = "[]")] IReadOnlyList<string> Missing,
    [property: Described("Instant de la dernière publication", "When it was published last")] DateTimeOffset? PublishedAt,
    [property: Described("Instant de sa fin, si elle a pris fin", "When it ended, if it has", Example = "null")] DateTimeOffset? EndedAt,
    [property: Described("La candidature qui l'a pourvue", "The candidature that filled it", Example = "null")] Guid? FilledBy,
    [property: Described("Tout ce qui a été fait, dans l'ordre", "All that was done, in order")] IReadOnlyList<OfferEventView> History)
{
    public const string Euros = "EUR";

    public static GeranceOfferView Of(GeranceOffer offer) => new(
        offer.Id,
        offer.Revision,
        offer.Status,
        new(offer.InseeCode, offer.CommuneName, offer.Departement),
        offer.CafeId,
        offer.Facts.Title,
        offer.Facts.Model,
        offer.Facts.Housing is { } housing ? new(housing.Provided, housing.Description) : null,
        offer.Facts.GuaranteedRemunerationCents,
        Euros,
        offer.Facts.StartsOn,
        offer.Facts.LookingFor,
        offer.Facts.ServicesExpected,
        offer.Facts.ExpiresOn,
        offer.Facts.Missing,
        offer.PublishedAt,
        offer.EndedAt,
        offer.FilledBy,
        [.. offer.History.Select(done => new OfferEventView(done.Act, done.At, done.Actor, done.Reason))]);
}
