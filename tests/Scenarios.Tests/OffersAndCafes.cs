using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests;

/// <summary>Offers of gérance and candidatures of cafés, as a partner writes them.</summary>
internal static class OffersAndCafes
{
    public const string Offers = "/v1/recruitment/gerance-offers";
    public const string Open = "/v1/recruitment/open-offers";
    public const string Diffusions = "/v1/recruitment/offer-diffusions";
    public const string Cafes = "/v1/recruitment/cafe-candidatures";

    /// <summary>An offer that lacks nothing.</summary>
    public static JsonObject Offer(string inseeCode) => new()
    {
        ["inseeCode"] = inseeCode,
        ["title"] = "Gérance du café <de la place> & de l'épicerie",
        ["model"] = "entrepreneurial",
        ["housing"] = new JsonObject { ["provided"] = true, ["description"] = "Trois pièces" },
        ["guaranteedRemunerationCents"] = 150_050,
        ["startsOn"] = "2030-04-01",
        ["lookingFor"] = "Des personnes qui aiment accueillir.\n<script>alert(1)</script>",
        ["servicesExpected"] = new JsonArray("breadDepot", "postPoint"),
    };

    /// <summary>A café that meets every criterion.</summary>
    public static JsonObject Cafe(string inseeCode, string? siret = null) => new()
    {
        ["siret"] = siret ?? Sirets.Next(),
        ["inseeCode"] = inseeCode,
        ["cafeName"] = "Café de la Place",
        ["carriedByGerant"] = true,
        ["lastCafeOfCommune"] = true,
        ["dedicatedSpace"] = "teaRoom",
        ["licence"] = "none",
        ["causes"] = new JsonArray("isolation"),
        ["weakness"] = "Peu de passage en hiver.",
        ["years"] = new JsonArray(Year(2025, 6_200_000), Year(2024, 6_000_000)),
        ["contact"] = new JsonObject { ["name"] = "Dominique Exemple", ["email"] = "cafe@example.org" },
    };

    public static Task<string> DraftedAsync(HttpClient http, string inseeCode) => MadeAsync(http, Offers, Offer(inseeCode));

    public static async Task<string> PublishedAsync(HttpClient http, string inseeCode)
    {
        var offer = await DraftedAsync(http, inseeCode);
        await DoneAsync(http, $"{Offers}/{offer}/publication");
        return offer;
    }

    public static Task<string> NotedAsync(HttpClient http, string offer, string? url = "https://emplois.example/1") =>
        MadeAsync(http, Diffusions, new() { ["offerId"] = offer, ["partnerName"] = "Emplois ruraux", ["url"] = url });

    public static Task<string> AppliedAsync(HttpClient http, string inseeCode) => MadeAsync(http, Cafes, Cafe(inseeCode));

    public static async Task<string> MadeAsync(HttpClient http, string address, JsonObject body)
    {
        using var answer = await http.SendAsync(address, body);
        return (await answer.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }

    public static async Task<JsonNode> DoneAsync(HttpClient http, string address, JsonObject? body = null)
    {
        using var answer = await http.SendAsync(address, body);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    /// <summary>The code that it is refused with.</summary>
    public static async Task<string> RefusedAsync(HttpClient http, string address, HttpStatusCode status, JsonObject? body = null)
    {
        using var answer = await http.SendAsync(address, body);
        return (await answer.ReadAsync(status))["code"].Text();
    }

    private static JsonObject Year(int year, long revenue) => new() { ["year"] = year, ["revenueCents"] = revenue, ["costsCents"] = 5_900_000, ["daysOpen"] = 240 };
}
