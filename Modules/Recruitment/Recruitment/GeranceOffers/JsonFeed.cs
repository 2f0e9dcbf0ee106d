using System.Text.Json.Serialization;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

internal sealed record JsonFeedAuthor(
    [property: Described("Qui propose les offres", "Who makes the offers", Example = "\"1000 cafés\"")][property: JsonPropertyName("name")] string Name);

/// <summary>An offer in the feed.</summary>
internal sealed record JsonFeedItem(
    [property: Described("Identifiant, qui ne change jamais", "Id, which never changes", Example = "\"018790c4-5b40-7c3b-9a52-3f1f2e8d4c10\"")][property: JsonPropertyName("id")] string Id,
    [property: Described("Adresse de la page de l'offre", "Address of the offer's page", Example = "\"https://api.example/v1/recruitment/open-offers/018790c4-5b40-7c3b-9a52-3f1f2e8d4c10/page\"")][property: JsonPropertyName("url")] string Url,
    [property: Described("Titre", "Title", Example = "\"Gérance du café de Sénergues\"")][property: JsonPropertyName("title")] string Title,
    [property: Described("L'offre en toutes lettres", "The offer spelled out", Example = "\"Des personnes qui aiment accueillir.\"")][property: JsonPropertyName("content_text")] string ContentText,
    [property: Described("Quand elle a été publiée", "When it was published")][property: JsonPropertyName("date_published")] DateTimeOffset DatePublished,
    [property: Described("Quand elle a changé", "When it changed")][property: JsonPropertyName("date_modified")] DateTimeOffset DateModified,
    [property: Described("Mots-clés", "Tags", Example = "[\"Sénergues\", \"Aveyron\"]")][property: JsonPropertyName("tags")] IReadOnlyList<string> Tags,
    [property: Described("L'offre, membre par membre", "The offer, member by member")][property: JsonPropertyName("_offer")] OpenOfferView Offer);

/// <summary>JSON Feed 1.1 (jsonfeed.org).</summary>
internal sealed record JsonFeed(
    [property: Described("Version de la norme", "Version of the standard", Example = "\"https://jsonfeed.org/version/1.1\"")][property: JsonPropertyName("version")] string Version,
    [property: Described("Titre du flux", "Title of the feed", Example = "\"Gérances de cafés à pourvoir\"", EnglishExample = "\"Cafés looking for their gérants\"")][property: JsonPropertyName("title")] string Title,
    [property: Described("La liste des offres", "The list of offers", Example = "\"https://api.example/v1/recruitment/open-offers\"")][property: JsonPropertyName("home_page_url")] string HomePageUrl,
    [property: Described("Adresse du flux", "Address of the feed", Example = "\"https://api.example/v1/recruitment/open-offers/feed.json\"")][property: JsonPropertyName("feed_url")] string FeedUrl,
    [property: Described("Langue", "Language", Example = "\"fr\"", EnglishExample = "\"en\"")][property: JsonPropertyName("language")] string Language,
    [property: Described("Qui propose les offres", "Who makes the offers")][property: JsonPropertyName("authors")] IReadOnlyList<JsonFeedAuthor> Authors,
    [property: Described("Les offres, la plus récente d'abord", "The offers, the newest first")][property: JsonPropertyName("items")] IReadOnlyList<JsonFeedItem> Items)
{
    public static JsonFeed Of(OfferFeed feed, CommuneRegistry communes) => new(
        "https://jsonfeed.org/version/1.1",
        feed.Title,
        feed.Home,
        feed.Self,
        OfferFeed.Language,
        [new(feed.Author)],
        [.. feed.Offers.Select(offer => Item(offer, feed, OpenOfferView.Of(offer, communes)))]);

    private static JsonFeedItem Item(GeranceOffer offer, OfferFeed feed, OpenOfferView view) => new(
        $"{offer.Id}", feed.AddressOf(offer), offer.Facts.Title!, OfferTexts.Plain(offer), offer.PublishedAt!.Value, offer.UpdatedAt,
        [.. new[] { view.Commune.Name, view.Commune.DepartementName, view.Commune.Region, OfferTexts.NameOf(view.Model) }.OfType<string>()], view);
}
