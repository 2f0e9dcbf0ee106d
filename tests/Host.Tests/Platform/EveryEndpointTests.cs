using System.Net;
using Microsoft.AspNetCore.Http.Metadata;
using MilleCafes.Host.Platform;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>What is promised of the API is true of each of its operations.</summary>
[Collection(nameof(Endpoints))]
public sealed class EveryEndpointTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Administrator => host.Administrator;

    [Fact]
    public async Task Everything_that_can_be_read_has_something_to_read()
    {
        foreach (var read in await Endpoints.ReadsAsync(host))
        {
            using var answer = await Administrator.AskAsync(HttpMethod.Get, read.Address);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{read}: {answer.StatusCode}; the seed of Endpoints makes nothing that it could show");
        }
    }

    [Fact]
    public async Task Every_GET_answers_HEAD_with_the_same_headers_and_no_body()
    {
        foreach (var read in await Endpoints.ReadsAsync(host))
        {
            // Others may add to a list between the two
            await Eventually.True(async () => await SameAsync(read.Address), TimeSpan.FromSeconds(20), $"HEAD as GET at {read}");
        }

        async Task<bool> SameAsync(string address)
        {
            using var get = await Administrator.AskAsync(HttpMethod.Get, address);
            using var head = await Administrator.AskAsync(HttpMethod.Head, address);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
            return get.StatusCode == head.StatusCode && Told(get).SequenceEqual(Told(head));
        }

        static IEnumerable<string> Told(HttpResponseMessage answer) => answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Transfer-Encoding" or "RateLimit"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Every_route_is_told_to_logs_and_metrics_as_the_document_writes_it()
    {
        var faults = (await Endpoints.AllAsync(host))
            .Select(one => (one.Name, Told: one.Endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route, Written: one.Route.Replace(":guid", "", StringComparison.Ordinal)))
            .Where(one => one.Told != one.Written || one.Told.Contains(':', StringComparison.Ordinal)).Select(one => $"{one.Name}: {one.Told}");

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_GET_has_a_tag_and_is_not_sent_again_to_who_knows_it()
    {
        foreach (var read in await Endpoints.ReadsAsync(host))
        {
            foreach (var format in Negotiation.Offers(read.Endpoint))
            {
                // Others may add to a list between the two
                await Eventually.True(async () => await IsKnownAsync(read, format), TimeSpan.FromSeconds(20), $"{read} is not sent again as {format}");
            }
        }

        async Task<bool> IsKnownAsync(AnyOperation read, string format)
        {
            using var first = await Administrator.AskAsync(HttpMethod.Get, read.Address, ("Accept", format));
            Assert.True(first.Header("ETag") is not null, $"{read}: {first.StatusCode}, without a tag");
            using var again = await Administrator.AskAsync(HttpMethod.Get, read.Address, ("Accept", format), ("If-None-Match", first.Header("ETag")!));
            Assert.Equal(first.Header("Vary"), again.Header("Vary"));
            // What has changed meanwhile has another tag
            Assert.True(again.StatusCode == HttpStatusCode.NotModified || again.Header("ETag") != first.Header("ETag"), $"{read}: {again.StatusCode}");
            return again.StatusCode == HttpStatusCode.NotModified;
        }
    }

    [Fact]
    public async Task Every_answer_says_what_a_browser_may_do_with_it()
    {
        foreach (var operation in await Endpoints.AllAsync(host))
        {
            foreach (var client in new[] { host.Administrator, host.Anonymous })
            {
                using var answer = await client.AskAsync(new(operation.Method), operation.Address + "?sarch=x", operation.Nothing);
                Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
                Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
                Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
                Assert.Equal("no-store", answer.Header("Cache-Control"));
                Assert.Equal("Accept, Accept-Language", answer.Header("Vary"));
                // Some have a rate of their own besides
                Assert.Matches("^\"default\";q=1000000;w=60(, \"[a-z-]+\";q=1000000;w=[0-9]+)?$", answer.Header("RateLimit-Policy"));
                Assert.Matches("^\"default\";r=[0-9]+;t=[0-9]+(, \"[a-z-]+\";r=[0-9]+;t=[0-9]+)?$", answer.Header("RateLimit"));
            }
        }
    }

    [Fact]
    public async Task Every_address_answers_OPTIONS_with_its_methods()
    {
        foreach (var address in (await Endpoints.AllAsync(host)).GroupBy(operation => operation.Address))
        {
            using var answer = await host.Anonymous.AskAsync(HttpMethod.Options, address.Key);

            Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{address.Key}: {answer.StatusCode}");
            Assert.Equal(Methods(address), answer.Content.Headers.Allow.Order());
        }
    }

    [Fact]
    public async Task Every_address_refuses_other_methods_and_says_which_it_knows()
    {
        foreach (var address in (await Endpoints.AllAsync(host)).GroupBy(operation => operation.Address))
        {
            using var answer = await host.Anonymous.AskAsync(HttpMethod.Trace, address.Key);

            await answer.ProblemAsync(HttpStatusCode.MethodNotAllowed, "request.method_not_allowed");
            Assert.Equal(Methods(address), answer.Content.Headers.Allow.Order());
        }
    }

    [Fact]
    public async Task Every_answer_with_a_body_is_refused_in_a_format_that_there_is_not()
    {
        foreach (var read in await Endpoints.ReadsAsync(host))
        {
            foreach (var accept in new[] { "image/png", "application/json;q=0", "json", "video/mp4, image/*;q=0.5" })
            {
                using var answer = await Administrator.AskAsync(HttpMethod.Get, read.Address, ("Accept", accept));
                await answer.ProblemAsync(HttpStatusCode.NotAcceptable, "request.not_acceptable");
            }

            using var any = await Administrator.AskAsync(HttpMethod.Get, read.Address, ("Accept", "text/html, */*;q=0.1"));
            Assert.NotEqual(HttpStatusCode.NotAcceptable, any.StatusCode);
        }
    }

    [Fact]
    public async Task Every_query_refuses_a_parameter_that_it_does_not_know()
    {
        foreach (var operation in await Endpoints.AllAsync(host))
        {
            using var answer = await Administrator.AskAsync(new(operation.Method), operation.Address + "?sarch=x", operation.Nothing);
            await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.unknown_parameter");
        }
    }

    private static IEnumerable<string> Methods(IEnumerable<AnyOperation> operations) => operations
        .SelectMany(operation => operation.IsRead ? (string[])["GET", "HEAD"] : [operation.Method]).Append("OPTIONS").Distinct().Order();
}
