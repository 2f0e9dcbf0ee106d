using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>What browsers, caches and clients are told beside the answer.</summary>
public sealed class HeaderTests(MilleCafesHost host)
{
    private const string Communes = "/v1/reference/communes";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Communes, "no-cache")]
    [InlineData("/v1/webhooks/subscriptions", "private, no-cache")]
    [InlineData("/v1/webhooks/subscriptions?limit=0", "no-store")]
    [InlineData("/v1/webhooks/subscriptions?limit=x", "no-store")]
    [InlineData("/v1/nothing", "no-store")]
    [InlineData("/openapi/v1.json", "no-cache")]
    [InlineData("/errors/request.malformed", "no-cache")]
    [InlineData("/health/live", null)]
    public async Task Every_answer_says_what_a_browser_and_a_cache_may_do_with_it(string address, string? cache)
    {
        using var answer = await host.Administrator.AskAsync(HttpMethod.Get, address, ("Accept-Language", "en"));

        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("Accept-Language", answer.Header("Vary"), StringComparison.Ordinal);
        Assert.Equal("en", answer.Header("Content-Language"));
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("Strict-Transport-Security"));
        if (cache is not null)
        {
            Assert.Equal(cache, answer.Header("Cache-Control")?.Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Over_https_a_browser_is_told_to_stay_there()
    {
        await using var own = await OwnHost.StartAsync(host, endpoints => endpoints.MapGet("/planted", (HttpContext http) => http.Request.Scheme = "https").AllowAnonymous());
        using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, "/planted");
        Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_write_is_kept_by_no_cache()
    {
        using var answer = await host.Administrator.AskAsync(HttpMethod.Post, "/v1/webhooks/subscriptions", JsonContent.Create(new { url = "http://127.0.0.1:9/", eventTypes = new[] { "*" } }));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task The_page_of_an_error_may_have_its_style_and_nothing_else()
    {
        using var answer = await host.Anonymous.AskAsync(HttpMethod.Get, "/errors/request.malformed");
        var page = await answer.Content.ReadAsStringAsync(Token);
        var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"style-src 'sha256-{hash}'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task What_is_long_is_compressed_for_those_who_take_it(string encoding)
    {
        foreach (var address in new[] { Communes, "/openapi/v1.json" })
        {
            using var plain = await host.Anonymous.AskAsync(HttpMethod.Get, address);
            using var compressed = await host.Anonymous.AskAsync(HttpMethod.Get, address, ("Accept-Encoding", encoding));
            Assert.Equal(encoding, compressed.Header("Content-Encoding"));
            Assert.Contains("Accept-Encoding", compressed.Header("Vary"), StringComparison.Ordinal);
            Assert.Null(plain.Header("Content-Encoding"));

            await using var stream = await compressed.Content.ReadAsStreamAsync(Token);
            await using Stream unpacked = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(stream, CompressionMode.Decompress);
            using var reader = new StreamReader(unpacked);
            Assert.Equal(await plain.Content.ReadAsStringAsync(Token), await reader.ReadToEndAsync(Token));
        }

        using var small = await host.Anonymous.AskAsync(HttpMethod.Get, Communes + "?search=senergues", ("Accept-Encoding", encoding));
        Assert.Null(small.Header("Content-Encoding"));
    }

    [Fact]
    public async Task No_other_site_may_call_the_API_unless_it_is_named()
    {
        (string, string)[] page = [("Origin", "https://partenaire.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization, idempotency-key")];
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options })
        {
            using var closed = await host.Anonymous.AskAsync(method, Communes, page);
            Assert.Null(closed.Header("Access-Control-Allow-Origin"));
        }

        await using var own = await OwnHost.StartAsync(host, settings: ("Http:CorsOrigins", "https://partenaire.example, https://autre.example"));
        using var before = await own.Anonymous.AskAsync(HttpMethod.Options, "/v1/recruitment/commune-candidatures", page);
        Assert.Equal(HttpStatusCode.NoContent, before.StatusCode);
        Assert.Equal("https://partenaire.example", before.Header("Access-Control-Allow-Origin"));
        Assert.Equal("POST", before.Header("Access-Control-Allow-Methods"));
        Assert.Equal("authorization,idempotency-key", before.Header("Access-Control-Allow-Headers"));

        using var refused = await own.Anonymous.AskAsync(HttpMethod.Get, "/v1/recruitment/commune-candidatures", page[..1]);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("https://partenaire.example", refused.Header("Access-Control-Allow-Origin"));
        Assert.Contains("ETag", refused.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Contains("Origin", refused.Header("Vary"), StringComparison.Ordinal);

        using var stranger = await own.Anonymous.AskAsync(HttpMethod.Get, Communes, ("Origin", "https://ailleurs.example"));
        Assert.Null(stranger.Header("Access-Control-Allow-Origin"));
        using var plain = await own.Anonymous.AskAsync(HttpMethod.Options, Communes);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], plain.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task An_operation_on_its_way_out_says_so_in_each_answer()
    {
        var (since, sunset) = (DateTimeOffset.Parse("2026-09-01T00:00:00+02:00", CultureInfo.InvariantCulture), DateTimeOffset.Parse("2027-03-01T12:00:00Z", CultureInfo.InvariantCulture));
        await using var own = await OwnHost.StartAsync(host, endpoints => endpoints
            .MapPost("/planted", (JsonObject body) => body).AllowAnonymous().Deprecated(since, sunset, "/v1/reference/communes"));

        foreach (var body in new[] { "{}", "{" })
        {
            using var answer = await own.Anonymous.AskAsync(HttpMethod.Post, "/planted", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal(body == "{}" ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("@1788213600", answer.Header("Deprecation"));
            Assert.Equal("Mon, 01 Mar 2027 12:00:00 GMT", answer.Header("Sunset"));
            Assert.Equal("</v1/reference/communes>; rel=\"successor-version\"", answer.Header("Link"));
        }
    }
}
