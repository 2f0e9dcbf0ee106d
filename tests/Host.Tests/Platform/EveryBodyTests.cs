using System.Net;
using System.Text;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>What is promised of bodies is true of each operation that takes one, and of each that takes none.</summary>
[Collection(nameof(Endpoints))]
public sealed class EveryBodyTests(MilleCafesHost host)
{
    [Fact]
    public async Task Every_body_is_refused_when_it_is_too_large_not_JSON_unreadable_or_has_unknown_fields()
    {
        foreach (var operation in await Endpoints.BodiesAsync(host))
        {
            var large = $"{{\"x\":\"{new string('a', 11 * 1024 * 1024)}\"}}";
            await AskAsync(operation, Json("{\"x\":1}"), HttpStatusCode.BadRequest, "request.malformed");
            await AskAsync(operation, Json("{"), HttpStatusCode.BadRequest, "request.unreadable_json");
            await AskAsync(operation, Json(large), HttpStatusCode.RequestEntityTooLarge, "request.body_too_large");
            await AskAsync(operation, new StringContent("<x/>", Encoding.UTF8, "application/xml"), HttpStatusCode.UnsupportedMediaType, "request.media_type_unsupported");
        }
    }

    [Fact]
    public async Task Every_write_without_a_body_refuses_one_whose_words_would_be_lost()
    {
        var silent = (await Endpoints.AllAsync(host)).Where(one => !one.IsRead && one.Nothing is null).ToList();
        Assert.NotEmpty(silent);
        foreach (var operation in silent)
        {
            await AskAsync(operation, Json("{\"reason\":\"x\"}"), HttpStatusCode.BadRequest, "request.body_unexpected");
            using var pieces = new StreamContent(new MemoryStream("x"u8.ToArray()));
            pieces.Headers.ContentLength = null;
            await AskAsync(operation, pieces, HttpStatusCode.BadRequest, "request.body_unexpected");
        }
    }

    [Fact]
    public async Task Every_body_refuses_JSON_that_is_nested_33_deep()
    {
        foreach (var operation in await Endpoints.BodiesAsync(host))
        {
            foreach (var deep in new[] { Nested("[", "]", 33), Nested("{\"x\":", "}", 33), Nested("[", "]", 100_000) })
            {
                using var answer = await host.Administrator.AskAsync(new(operation.Method), operation.Address, Json(deep));
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{operation}: {answer.StatusCode}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }

        static string Nested(string open, string close, int depth) =>
            string.Concat(Enumerable.Repeat(open, depth)) + (open == "[" ? "" : "1") + string.Concat(Enumerable.Repeat(close, depth));
    }

    private async Task AskAsync(AnyOperation operation, HttpContent content, HttpStatusCode status, string code)
    {
        using var answer = await host.Administrator.AskAsync(new(operation.Method), operation.Address, content);
        await answer.ProblemAsync(status, code);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
