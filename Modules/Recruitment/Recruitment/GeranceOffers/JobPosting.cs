using System.Text.Json.Serialization;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

internal sealed record JobIdentifier(
    [property: Described("Type de schema.org", "Type of schema.org", Example = "\"PropertyValue\"")][property: JsonPropertyName("@type")] string Type,
    [property: Described("Qui donne l'identifiant", "Who gives the id", Example = "\"1000 cafés\"")] string Name,
    [property: Described("L'identifiant", "The id", Example = "\"018790c4-5b40-7c3b-9a52-3f1f2e8d4c10\"")] string Value);

internal sealed record JobOrganisation(
    [property: Described("Type de schema.org", "Type of schema.org", Example = "\"Organization\"")][property: JsonPropertyName("@type")] string Type,
    [property: Described("Nom de l'organisation", "Name of the organisation", Example = "\"1000 cafés\"")] string Name,
    [property: Described("Son site", "Its site", Example = "\"https://cafes.example/\"")][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SameAs);

internal sealed record JobAddress(
    [property: Described("Type de schema.org", "Type of schema.org", Example = "\"PostalAddress\"")][property: JsonPropertyName("@type")] string Type,
    [property: Described("La commune", "The commune", Example = "\"Sénergues\"")] string AddressLocality,
    [property: Described("Son code postal", "Its postcode", Example = "\"12320\"")][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PostalCode,
    [property: Described("Sa région", "Its region", Example = "\"Occitanie\"")][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AddressRegion,
    [property: Described("Le pays", "The country", Example = "\"FR\"")] string AddressCountry);

internal sealed record JobPlace(
    [property: Described("Type de schema.org", "Type of schema.org", Example = "\"Place\"")][property: JsonPropertyName("@type")] string Type,
    [property: Described("L'adresse", "The address")] JobAddress Address);

internal sealed record JobAmount(
    [property: Described("Type de schema.org", "Type of schema.org", Example = "\"QuantitativeValue\"")][property: JsonPropertyName("@type")] string Type,
    [property: Described("Euros", "Euros", Example = "1500")] decimal Value,
    [property: Described("Par mois", "A month", Example = "\"MONTH\"")] string UnitText);

internal sealed record JobSalary(
    [property: Described("Type de schema.org", "Type of schema.org", Example = "\"MonetaryAmount\"")][property: JsonPropertyName("@type")] string Type,
    [property: Described("Monnaie", "Currency", Example = "\"EUR\"")] string Currency,
    [property: Described("La rémunération garantie", "The guaranteed remuneration")] JobAmount Value);

/// <summary>schema.org's JobPosting, in JSON-LD, as search engines and job boards read it.</summary>
internal sealed record JobPosting(
    [property: Described("Vocabulaire", "Vocabulary", Example = "\"https://schema.org/\"")][property: JsonPropertyName("@context")] string Context,
    [property: Described("Type de schema.org", "Type of schema.org", Example = "\"JobPosting\"")][property: JsonPropertyName("@type")] string Type,
    [property: Described("L'identifiant", "The id")] JobIdentifier Identifier,
    [property: Described("Titre", "Title", Example = "\"Gérance du café de Sénergues\"")] string Title,
    [property: Described("L'offre en HTML", "The offer as HTML", Example = "\"<p>Des personnes qui aiment accueillir.</p>\"")] string Description,
    [property: Described("Jour de la publication, en France", "Day of the publication, in France", Example = "\"2027-01-04\"")] DateOnly DatePosted,
    [property: Described("Fin du dernier jour pour répondre", "End of the last day to answer")] DateTimeOffset ValidThrough,
    [property: Described("Sorte d'emploi", "Sort of employment", Example = "\"FULL_TIME\"")] string EmploymentType,
    [property: Described("Qui recrute", "Who recruits")] JobOrganisation HiringOrganization,
    [property: Described("Où", "Where")] JobPlace JobLocation,
    [property: Described("Rémunération garantie ; absente pour des bénévoles", "Guaranteed remuneration; left out for volunteers")][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JobSalary? BaseSalary,
    [property: Described("Jour de la reprise ou de l'ouverture", "Day of the takeover or of the opening", Example = "\"2027-04-01\"")] DateOnly JobStartDate,
    [property: Described("Adresse de la page de l'offre", "Address of the offer's page", Example = "\"https://api.example/v1/recruitment/open-offers/018790c4-5b40-7c3b-9a52-3f1f2e8d4c10/page\"")] string Url)
{
    public const string MediaType = "application/ld+json";

    public static JobPosting Of(GeranceOffer offer, string site, OfferSettings settings, CommuneRegistry communes)
    {
        var commune = OpenOfferCommuneView.Of(offer, communes);
        var model = offer.Facts.Model!.Value;
        return new(
            "https://schema.org/",
            nameof(JobPosting),
            new("PropertyValue", settings.Organisation, $"{offer.Id}"),
            offer.Facts.Title!,
            OfferTexts.Html(offer),
            LocalDays.Of(offer.PublishedAt!.Value),
            LocalDays.End(offer.Facts.ExpiresOn!.Value),
            model switch { CafeModel.Itinerant => "OTHER", _ => model.IsPaid() ? "FULL_TIME" : "VOLUNTEER" },
            new("Organization", settings.Organisation, settings.OrganisationAddress?.AbsoluteUri),
            new("Place", new("PostalAddress", commune.Name, commune.Postcodes.Count > 0 ? commune.Postcodes[0] : null, commune.Region, "FR")),
            offer.Facts.GuaranteedRemunerationCents is { } cents ? new("MonetaryAmount", GeranceOfferView.Euros, new("QuantitativeValue", cents / 100m, "MONTH")) : null,
            offer.Facts.StartsOn!.Value,
            OpenOffers.PageOf(offer, site));
    }
}
