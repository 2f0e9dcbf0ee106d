using System.Globalization;
using System.Net;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>An offer in sentences, for those who read no JSON.</summary>
internal static class OfferTexts
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>What the commune says, and the facts below, a line each.</summary>
    public static string Plain(GeranceOffer offer) => string.Join("\n\n", [offer.Facts.LookingFor!, string.Join('\n', Lines(offer.Facts))]);

    /// <summary>The same as HTML, in which nobody's words are anything but words.</summary>
    public static string Html(GeranceOffer offer)
    {
        var paragraphs = offer.Facts.LookingFor!.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => $"<p>{WebUtility.HtmlEncode(text)}</p>");
        return $"{string.Concat(paragraphs)}<ul>{string.Concat(Lines(offer.Facts).Select(line => $"<li>{WebUtility.HtmlEncode(line)}</li>"))}</ul>";
    }

    public static string NameOf(CafeModel model) => model switch
    {
        CafeModel.Entrepreneurial => Language.Choose("entrepreneurial", "entrepreneurial"),
        CafeModel.AssociativeVolunteer => Language.Choose("associatif bénévole", "associative, volunteers"),
        CafeModel.AssociativeWithEmployee => Language.Choose("associatif avec salarié", "associative, with an employee"),
        CafeModel.Participatory => Language.Choose("participatif", "participatory"),
        _ => Language.Choose("itinérant", "itinerant"),
    };

    public static string NameOf(CafeService service) => service switch
    {
        CafeService.PostPoint => Language.Choose("point poste", "post point"),
        CafeService.ParcelRelay => Language.Choose("relais colis", "parcel relay"),
        CafeService.Grocery => Language.Choose("épicerie", "grocery"),
        CafeService.BreadDepot => Language.Choose("dépôt de pain", "bread depot"),
        CafeService.Press => Language.Choose("presse", "press"),
        CafeService.Atm => Language.Choose("retrait d'argent", "cash withdrawal"),
        CafeService.TouristOffer => Language.Choose("offre touristique", "tourist offer"),
        CafeService.BikeHire => Language.Choose("location de vélos", "bike hire"),
        CafeService.InformationPoint => Language.Choose("point d'information", "information point"),
        CafeService.CulturalProgramme => Language.Choose("programmation culturelle", "cultural programme"),
        CafeService.DigitalAccess => Language.Choose("accès numérique", "digital access"),
        _ => Language.Choose("portage de repas", "meal delivery"),
    };

    private static IEnumerable<string> Lines(OfferFacts facts)
    {
        yield return Language.Choose($"Modèle : {NameOf(facts.Model!.Value)}", $"Model: {NameOf(facts.Model!.Value)}");
        yield return Language.Choose($"À partir du {Day(facts.StartsOn!.Value)}", $"From {Day(facts.StartsOn!.Value)}");
        if (facts.GuaranteedRemunerationCents is { } cents)
        {
            yield return Language.Choose($"Rémunération garantie : {Amount(cents)} € par mois", $"Guaranteed remuneration: €{Amount(cents)} a month");
        }

        yield return (facts.Housing!.Provided, facts.Housing.Description) switch
        {
            (false, _) => Language.Choose("Sans logement", "Without housing"),
            (_, { Length: > 0 } text) => Language.Choose($"Logement : {text}", $"Housing: {text}"),
            _ => Language.Choose("Avec logement", "With housing"),
        };
        if (!facts.ServicesExpected.IsEmpty)
        {
            var services = string.Join(", ", facts.ServicesExpected.Select(NameOf));
            yield return Language.Choose($"Services attendus : {services}", $"Services expected: {services}");
        }

        yield return Language.Choose($"Répondre jusqu'au {Day(facts.ExpiresOn!.Value)}", $"Answer until {Day(facts.ExpiresOn!.Value)}");
    }

    private static string Day(DateOnly day) => Language.IsEnglish ? LocalDays.DateInEnglish(day) : LocalDays.DateInFrench(day);

    private static string Amount(int cents) => (cents / 100m).ToString(cents % 100 == 0 ? "#,0" : "#,0.00", Language.IsEnglish ? English : French);
}
