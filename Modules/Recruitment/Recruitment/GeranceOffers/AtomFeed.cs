using System.Globalization;
using System.Text;
using System.Xml;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>The Atom Syndication Format (RFC 4287).</summary>
internal static class AtomFeed
{
    public const string MediaType = "application/atom+xml";

    private const string Namespace = "http://www.w3.org/2005/Atom";

    public static string Of(OfferFeed feed, CommuneRegistry communes)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(new Utf8Text(text), new() { Indent = true, CheckCharacters = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, OfferFeed.Language);
            Write(xml, "id", feed.Self);
            Write(xml, "title", feed.Title);
            Write(xml, "updated", Instant(feed.UpdatedAt));
            Link(xml, "self", feed.Self, MediaType);
            Link(xml, "alternate", feed.Home, "application/json");
            xml.WriteStartElement("author", Namespace);
            Write(xml, "name", feed.Author);
            xml.WriteEndElement();
            foreach (var offer in feed.Offers)
            {
                Entry(xml, offer, feed, OpenOfferCommuneView.Of(offer, communes));
            }

            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void Entry(XmlWriter xml, GeranceOffer offer, OfferFeed feed, OpenOfferCommuneView commune)
    {
        xml.WriteStartElement("entry", Namespace);
        Write(xml, "id", $"urn:uuid:{offer.Id}");
        Write(xml, "title", Readable(offer.Facts.Title!));
        Write(xml, "published", Instant(offer.PublishedAt!.Value));
        Write(xml, "updated", Instant(offer.UpdatedAt));
        Link(xml, "alternate", feed.AddressOf(offer), OfferPage.MediaType);
        foreach (var term in new[] { commune.Name, commune.DepartementName, commune.Region }.OfType<string>())
        {
            xml.WriteStartElement("category", Namespace);
            xml.WriteAttributeString("term", term);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("content", Namespace);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(Readable(OfferTexts.Html(offer)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Namespace, value);

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // JSON has characters that XML has not
    private static string Readable(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
            {
                kept.Append(text, index++, 2);
            }
            else if (XmlConvert.IsXmlChar(text[index]))
            {
                kept.Append(text[index]);
            }
        }

        return kept.ToString();
    }

    private sealed class Utf8Text(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
