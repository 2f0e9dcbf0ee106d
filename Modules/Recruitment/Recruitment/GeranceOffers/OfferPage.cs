using System.Net;
using System.Text.Json;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>An offer as a page for whoever follows the address in a feed, with schema.org's words for search engines, which read them nowhere else.</summary>
internal static class OfferPage
{
    public const string MediaType = "text/html";

    // It has no script, but data in an element of that name; nothing of it runs
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Style = "body{font:1rem/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}";

    /// <param name="json">As the API writes it.</param>
    public static string Of(GeranceOffer offer, JobPosting posting, OpenOfferCommuneView commune, JsonSerializerOptions json)
    {
        // No title ends the element
        var data = JsonSerializer.Serialize(posting, json).Replace("<", "\\u003c", StringComparison.Ordinal);
        var (title, place) = (WebUtility.HtmlEncode(posting.Title), WebUtility.HtmlEncode($"{commune.Name} ({offer.Departement})"));
        var organisation = WebUtility.HtmlEncode(posting.HiringOrganization.Name);
        return $"""
            <!doctype html><html lang="{Language.Choose("fr", "en")}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{title} · {place}</title>
            <link rel="canonical" href="{WebUtility.HtmlEncode(posting.Url)}">
            <style>{Style}</style>
            <script type="application/ld+json">{data}</script>
            <h1>{title}</h1>
            <p>{place} · {(posting.HiringOrganization.SameAs is { } site ? $"<a href=\"{WebUtility.HtmlEncode(site)}\">{organisation}</a>" : organisation)}</p>
            {OfferTexts.Html(offer)}
            <p>{Language.Choose("Pour candidater", "To apply")} : {(posting.HiringOrganization.SameAs is { } way ? $"<a href=\"{WebUtility.HtmlEncode(way)}\">{WebUtility.HtmlEncode(way)}</a>" : organisation)}</p>
            """;
    }
}
