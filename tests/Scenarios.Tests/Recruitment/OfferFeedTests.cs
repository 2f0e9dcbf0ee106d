using System.Net.Http.Headers;
using System.Xml.Linq;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.OffersAndCafes;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>What job boards and readers of feeds get, each by the rules of its standard.</summary>
public sealed class OfferFeedTests(MilleCafesHost host)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private HttpClient Public => host.Anonymous;

    [Fact]
    public async Task The_atom_feed_has_all_that_RFC_4287_asks_for()
    {
        var offer = await PublishedAsync(host.Administrator, host.NextInseeCode());
        using var answer = await Public.GetAsync($"{Open}/feed.atom?departement=80", TestContext.Current.CancellationToken);
        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType?.MediaType);

        var feed = XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.All(new[] { "id", "title", "updated" }, name => Assert.Single(feed.Elements(Atom + name)));
        Assert.NotEmpty(feed.Elements(Atom + "author").Elements(Atom + "name").Single().Value);
        var self = Assert.Single(feed.Elements(Atom + "link"), link => (string?)link.Attribute("rel") == "self");
        Assert.Equal(new Uri(Public.BaseAddress!, $"{Open}/feed.atom?departement=80").AbsoluteUri, (string?)self.Attribute("href"));
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.All(entries, entry =>
        {
            Assert.All(new[] { "id", "title", "updated", "published", "content" }, name => Assert.Single(entry.Elements(Atom + name)));
            Assert.True(DateTimeOffset.TryParse(entry.Element(Atom + "updated")!.Value, out _));
            Assert.Single(entry.Elements(Atom + "link"), link => (string?)link.Attribute("rel") == "alternate");
        });
        Assert.Equal(entries.Count, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.Equal(entries.OrderByDescending(entry => entry.Element(Atom + "published")!.Value).Select(Id), entries.Select(Id));
        var own = Assert.Single(entries, entry => Id(entry) == $"urn:uuid:{offer}");
        Assert.Equal("Gérance du café <de la place> & de l'épicerie", own.Element(Atom + "title")!.Value);
        Assert.DoesNotContain("<script>", own.Element(Atom + "content")!.Value, StringComparison.Ordinal);

        static string Id(XElement entry) => entry.Element(Atom + "id")!.Value;
    }

    [Fact]
    public async Task The_JSON_feed_has_all_that_version_1_1_asks_for()
    {
        var offer = await PublishedAsync(host.Administrator, host.NextInseeCode());
        using var answer = await Public.GetAsync($"{Open}/feed.json", TestContext.Current.CancellationToken);
        var feed = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal(("application/feed+json", "https://jsonfeed.org/version/1.1"), (answer.Content.Headers.ContentType?.MediaType, feed["version"].Text()));
        Assert.NotEmpty(feed["title"].Text());
        Assert.Equal(new Uri(Public.BaseAddress!, $"{Open}/feed.json").AbsoluteUri, feed["feed_url"].Text());
        var items = feed["items"]!.AsArray();
        Assert.Equal(items.Count, items.Select(item => item!["id"].Text()).Distinct().Count());
        var own = Assert.Single(items, item => item!["id"].Text() == offer)!;
        Assert.Contains("Des personnes qui aiment accueillir.", own["content_text"].Text(), StringComparison.Ordinal);
        Assert.Equal(new Uri(Public.BaseAddress!, $"{Open}/{offer}/page").AbsoluteUri, own["url"].Text());
        Assert.True(JsonNode.DeepEquals(await Public.ReadAsync($"{Open}/{offer}"), own["_offer"]));
    }

    [Fact]
    public async Task The_page_of_an_offer_tells_it_to_people_in_their_language_and_to_search_engines_and_nobody_s_words_are_anything_but_words()
    {
        var body = Offer(host.NextInseeCode());
        body["title"] = "Gérance </script><script>alert(1)</script>";
        var offer = await MadeAsync(host.Administrator, Offers, body);
        await DoneAsync(host.Administrator, $"{Offers}/{offer}/publication");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Open}/{offer}/page") { Headers = { { "Accept-Language", "en" } } };
        using var answer = await Public.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<h1>G&#233;rance &lt;/script&gt;", page, StringComparison.Ordinal);
        const string opening = "<script type=\"application/ld+json\">";
        Assert.Equal(2, page.Split("<script").Length);
        var posting = page[(page.IndexOf(opening, StringComparison.Ordinal) + opening.Length)..page.IndexOf("</script>", StringComparison.Ordinal)];
        using var same = new HttpRequestMessage(HttpMethod.Get, $"{Open}/{offer}/job-posting") { Headers = { { "Accept-Language", "en" } } };
        using var told = await Public.SendAsync(same, TestContext.Current.CancellationToken);
        Assert.True(JsonNode.DeepEquals(await told.ReadAsync(HttpStatusCode.OK), JsonNode.Parse(posting)));

        await DoneAsync(host.Administrator, $"{Offers}/{offer}/withdrawal", new() { ["reason"] = "Travaux" });
        using var gone = await Public.GetAsync($"{Open}/{offer}/page", TestContext.Current.CancellationToken);
        Assert.Equal("recruitment.gerance_offer_gone", (await gone.ReadAsync(HttpStatusCode.Gone))["code"].Text());
    }

    [Fact]
    public async Task The_job_posting_has_all_that_schema_org_and_search_engines_ask_for()
    {
        var code = host.NextInseeCode();
        var offer = await PublishedAsync(host.Administrator, code);
        using var answer = await Public.GetAsync($"{Open}/{offer}/job-posting", TestContext.Current.CancellationToken);
        var posting = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal("application/ld+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("https://schema.org/", "JobPosting", "FULL_TIME"), (posting["@context"].Text(), posting["@type"].Text(), posting["employmentType"].Text()));
        Assert.All(new[] { "title", "description", "datePosted", "validThrough", "identifier", "jobStartDate", "url" }, name => Assert.NotNull(posting[name]));
        Assert.Equal((offer, "PropertyValue"), (posting["identifier"]!["value"].Text(), posting["identifier"]!["@type"].Text()));
        Assert.Equal(("Organization", "1000 cafés"), (posting["hiringOrganization"]!["@type"].Text(), posting["hiringOrganization"]!["name"].Text()));
        var (place, commune) = (posting["jobLocation"]!["address"]!, CommuneRegistry.Official.Find(code)!.Commune);
        Assert.Equal(
            (commune.Name, commune.Postcodes[0], commune.Region, "FR"),
            (place["addressLocality"].Text(), place["postalCode"].Text(), place["addressRegion"].Text(), place["addressCountry"].Text()));
        Assert.Equal(("EUR", 1500.5m, "MONTH"), (posting["baseSalary"]!["currency"].Text(), posting["baseSalary"]!["value"]!["value"]!.GetValue<decimal>(), posting["baseSalary"]!["value"]!["unitText"].Text()));
        Assert.True(DateTimeOffset.Parse(posting["validThrough"].Text(), null) > TimeProvider.System.GetUtcNow().AddDays(59));
        Assert.DoesNotContain("<script>", posting["description"].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Volunteers_are_promised_no_salary()
    {
        var body = Offer(host.NextInseeCode());
        (body["model"], body["guaranteedRemunerationCents"]) = ("associativeVolunteer", null);
        var offer = await MadeAsync(host.Administrator, Offers, body);
        await DoneAsync(host.Administrator, $"{Offers}/{offer}/publication");

        var posting = await Public.ReadAsync($"{Open}/{offer}/job-posting");

        Assert.Equal(("VOLUNTEER", null), (posting["employmentType"].Text(), posting["baseSalary"]));
    }

    [Theory]
    [InlineData("feed.json", "application/feed+json")]
    [InlineData("feed.atom", "application/atom+xml")]
    public async Task A_feed_speaks_both_languages_is_not_sent_to_who_has_it_and_refuses_what_it_does_not_know(string feed, string mediaType)
    {
        await PublishedAsync(host.Administrator, host.NextInseeCode());
        var (french, english) = (await AskAsync($"{Open}/{feed}", "fr", mediaType), await AskAsync($"{Open}/{feed}", "en", mediaType));
        Assert.Contains("Gérances de cafés à pourvoir", await french.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Cafés looking for their gérants", await english.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("no-cache", french.Headers.CacheControl?.ToString());

        await Eventually.True(
            async () =>
            {
                using var first = await AskAsync($"{Open}/{feed}", "fr", mediaType);
                using var again = await AskAsync($"{Open}/{feed}", "fr", mediaType, first.Headers.ETag);
                return again.StatusCode == HttpStatusCode.NotModified;
            },
            TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync($"{Open}/{feed}?departement=999", "fr", "*/*")).StatusCode);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await AskAsync($"{Open}/{feed}", "fr", "image/png")).StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string language, string accept, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptLanguage.ParseAdd(language);
        request.Headers.Accept.ParseAdd(accept);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await Public.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
