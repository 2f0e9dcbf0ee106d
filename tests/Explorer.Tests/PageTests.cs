using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Scalar.AspNetCore;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The page and its files, as a browser would ask for them.</summary>
public sealed class PageTests(MilleCafesHost host) : IDisposable
{
    private readonly HttpClient plain = Clients.Of(
        host.Anonymous.BaseAddress!, inner: new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });

    [Theory]
    [InlineData("/")]
    [InlineData("/scalar")]
    public async Task Every_way_leads_to_the_explorer(string path)
    {
        using var answer = await plain.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/scalar/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_page_lets_only_its_own_scripts_run()
    {
        var nonces = new List<string>();
        for (var visit = 0; visit < 2; visit++)
        {
            using var answer = await plain.GetAsync("/scalar/", TestContext.Current.CancellationToken);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            nonces.Add(Regex.Match(policy, "'nonce-([^']+)'").Groups[1].Value);

            Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
            Assert.All(Regex.Matches(page, "<script src[^>]*>"), script => Assert.Contains(nonces[^1], script.Value, StringComparison.Ordinal));
        }

        Assert.NotEqual("", nonces[0]);
        Assert.NotEqual(nonces[0], nonces[1]);
    }

    [Fact]
    public async Task One_document_can_be_shown_alone()
    {
        var page = await plain.GetStringAsync("/scalar/v1.en", TestContext.Current.CancellationToken);

        Assert.Contains("/openapi/v1.en.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/openapi/v1.json", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bundle_is_kept_by_browsers_and_readable_without_compression()
    {
        var page = await plain.GetStringAsync("/scalar/", TestContext.Current.CancellationToken);
        var address = Regex.Match(page, "src=\"(/scalar/scalar.js[^\"]+)\"").Groups[1].Value;

        using var compressed = await GetAsync(address, gzip: true);
        using var uncompressed = await GetAsync(address, gzip: false);
        using var known = await GetAsync(address, gzip: true, compressed.Headers.ETag);

        Assert.Equal("gzip", compressed.Content.Headers.ContentEncoding.Single());
        Assert.True(compressed.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
        Assert.Empty(uncompressed.Content.Headers.ContentEncoding);
        Assert.Contains("createApiReference", await uncompressed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task The_licence_of_the_bundle_lies_beside_it() =>
        Assert.Contains("MIT License", await plain.GetStringAsync("/scalar/scalar.LICENSE.txt", TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Fact]
    public async Task A_prefix_cannot_hold_the_name_of_the_document()
    {
        await using var application = WebApplication.CreateBuilder().Build();

        Assert.Throws<ArgumentException>(() => application.MapScalarApiReference("/scalar/{documentName}", _ => { }));
    }

    public void Dispose() => plain.Dispose();

    private async Task<HttpResponseMessage> GetAsync(string address, bool gzip, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (gzip)
        {
            request.Headers.AcceptEncoding.Add(new("gzip"));
        }

        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await plain.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
