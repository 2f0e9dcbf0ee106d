using System.Net.Http.Json;
using System.Text.Json;

namespace MilleCafes.Testing;

/// <summary>How the writes about offers of gérance and candidatures of cafés are done rightly.</summary>
internal static class RightOffers
{
    private const string Offers = "/v1/recruitment/gerance-offers";
    private const string Diffusions = "/v1/recruitment/offer-diffusions";
    private const string Cafes = "/v1/recruitment/cafe-candidatures";

    public static readonly IReadOnlyDictionary<string, Func<Writer, Task<RightWrite>>> Known = new Dictionary<string, Func<Writer, Task<RightWrite>>>
    {
        ["DraftGeranceOffer"] = writer => Task.FromResult(new RightWrite(Offers, Offer(writer))),
        ["ChangeGeranceOffer"] = async writer => new(await OfferAsync(writer), new { title = "Gérance renommée", lookingFor = "Une équipe." }),
        ["PublishGeranceOffer"] = async writer => new(await OfferAsync(writer) + "/publication"),
        ["UnpublishGeranceOffer"] = async writer => new(await PublishedAsync(writer) + "/withdrawal", new { reason = "Les travaux ont pris du retard." }),
        ["FillGeranceOffer"] = async writer => new(await PublishedAsync(writer) + "/filling"),
        ["ReopenGeranceOffer"] = async writer =>
        {
            var offer = await PublishedAsync(writer);
            await writer.DoAsync(offer + "/filling");
            return new(offer + "/reopening", new { reason = "Désistement." });
        },
        ["NoteOfferDiffusion"] = async writer => new(Diffusions, await DiffusionAsync(writer)),
        ["PublishOfferDiffusion"] = async writer => new(await NotedAsync(writer) + "/publication", new { url = "https://emplois.example/offres/4712" }),
        ["EndOfferDiffusion"] = async writer => new(await NotedAsync(writer) + "/withdrawal"),
        ["SubmitCafeCandidature"] = writer => Task.FromResult(new RightWrite(Cafes, Cafe(writer))),
        ["ChangeCafeCandidature"] = async writer => new(await CafeAsync(writer), Facts("Café renommé", carried: true)),
        ["EraseCafeContact"] = async writer => new(await CafeAsync(writer) + "/contact-erasure"),
        ["AcceptCafeCandidature"] = async writer => new(await CafeAsync(writer) + "/acceptance"),
        ["DeclineCafeCandidature"] = async writer => new(await CafeAsync(writer) + "/refusal", new { reason = "Le café voisin a rouvert." }),
        ["WithdrawCafeCandidature"] = async writer => new(await CafeAsync(writer) + "/withdrawal", new { reason = "Le café est vendu." }),
        ["OverrideCafeEligibility"] = async writer => new(await CafeAsync(writer, carried: false) + "/eligibility-override", new { reason = "Le gérant arrive en mai." }),
    };

    private static async Task<string> OfferAsync(Writer writer) => $"{Offers}/{IdOf(await writer.DoAsync(Offers, Offer(writer)))}";

    private static async Task<string> PublishedAsync(Writer writer)
    {
        var offer = await OfferAsync(writer);
        await writer.DoAsync(offer + "/publication");
        return offer;
    }

    private static async Task<string> NotedAsync(Writer writer) => $"{Diffusions}/{IdOf(await writer.DoAsync(Diffusions, await DiffusionAsync(writer)))}";

    // A partner passes on what the team has published
    private static async Task<object> DiffusionAsync(Writer writer)
    {
        var team = writer.Host.Administrator;
        using var drafted = await team.PostAsJsonAsync(Offers, Offer(writer));
        var offer = IdOf(await drafted.Content.ReadFromJsonAsync<JsonElement>());
        using var published = await team.PostAsync(new Uri($"{Offers}/{offer}/publication", UriKind.Relative), null);
        published.EnsureSuccessStatusCode();
        return new { offerId = offer, partnerName = "Emplois ruraux", url = "https://emplois.example/offres/4711" };
    }

    private static async Task<string> CafeAsync(Writer writer, bool carried = true) => $"{Cafes}/{IdOf(await writer.DoAsync(Cafes, Cafe(writer, carried)))}";

    private static string IdOf(JsonElement made) => made.GetProperty("id").GetString()!;

    private static object Offer(Writer writer) => new
    {
        inseeCode = writer.NextInseeCode(),
        title = "Gérance du café",
        model = "entrepreneurial",
        housing = new { provided = true },
        guaranteedRemunerationCents = 150_000,
        startsOn = "2030-04-01",
        lookingFor = "Des personnes qui aiment accueillir.",
        servicesExpected = new[] { "breadDepot" },
    };

    private static Dictionary<string, object?> Cafe(Writer writer, bool carried = true)
    {
        var facts = Facts("Café de la Place", carried);
        (facts["siret"], facts["inseeCode"]) = (Sirets.Next(), writer.NextInseeCode());
        return facts;
    }

    private static Dictionary<string, object?> Facts(string name, bool carried) => new()
    {
        ["cafeName"] = name,
        ["carriedByGerant"] = carried,
        ["lastCafeOfCommune"] = true,
        ["dedicatedSpace"] = "cafeBar",
        ["licence"] = "licenceIv",
        ["years"] = new[] { new { year = TimeProvider.System.GetUtcNow().Year - 2, revenueCents = 6_000_000, costsCents = 5_900_000, daysOpen = 236 }, new { year = TimeProvider.System.GetUtcNow().Year - 1, revenueCents = 6_200_000, costsCents = 5_900_000, daysOpen = 240 } },
        ["contact"] = new { name = "Dominique Exemple", email = "cafe@example.org" },
    };
}
