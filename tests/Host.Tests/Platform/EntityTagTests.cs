using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>Who has an answer already does not get it again, and gets it as soon as it is another one.</summary>
public sealed class EntityTagTests(MilleCafesHost host)
{
    private const string Communes = "/v1/reference/communes";
    private const string Candidatures = "/v1/recruitment/commune-candidatures";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_representation_is_named_by_its_revision_and_its_language()
    {
        var address = $"{Candidatures}/{await Partner.SubmitAsync(host.Administrator, host.NextInseeCode())}";
        using var french = await host.Administrator.AskAsync(HttpMethod.Get, address);
        using var english = await host.Administrator.AskAsync(HttpMethod.Get, address, ("Accept-Language", "en"));
        Assert.StartsWith("\"1-fr-", french.Header("ETag"), StringComparison.Ordinal);
        Assert.StartsWith("\"1-en-", english.Header("ETag"), StringComparison.Ordinal);
        await UnchangedAsync(host.Administrator, address, french.Header("ETag")!);
        await ChangedAsync(address, english.Header("ETag")!);

        using var withdrawn = await host.Administrator.AskAsync(HttpMethod.Post, $"{address}/withdrawal", JsonContent.Create(new { }));
        Assert.StartsWith("\"2-fr-", withdrawn.Header("ETag"), StringComparison.Ordinal);
        await ChangedAsync(address, french.Header("ETag")!);
    }

    [Fact]
    public async Task A_list_is_named_by_what_is_in_it()
    {
        var code = host.NextInseeCode();
        var address = $"{Candidatures}?inseeCode={code}";
        using var empty = await host.Administrator.AskAsync(HttpMethod.Get, address);
        await UnchangedAsync(host.Administrator, address, empty.Header("ETag")!);

        await Partner.SubmitAsync(host.Administrator, code);
        await ChangedAsync(address, empty.Header("ETag")!);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("\"x\", {0}", true)]
    [InlineData("W/{0}", true)]
    [InlineData("\"x\", W/\"y\"", false)]
    [InlineData("garbage, {0", false)]
    public async Task A_client_may_know_several_tags_or_any(string known, bool unchanged)
    {
        using var first = await host.Anonymous.AskAsync(HttpMethod.Get, Communes);
        using var again = await host.Anonymous.AskAsync(HttpMethod.Get, Communes, ("If-None-Match", known.Replace("{0}", first.Header("ETag"), StringComparison.Ordinal)));
        Assert.Equal(unchanged ? HttpStatusCode.NotModified : HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_compressed_answer_has_a_tag_of_its_own_that_is_known_again(string encoding)
    {
        foreach (var address in new[] { Communes, "/openapi/v1.json" })
        {
            using var plain = await host.Anonymous.AskAsync(HttpMethod.Get, address);
            using var compressed = await host.Anonymous.AskAsync(HttpMethod.Get, address, ("Accept-Encoding", encoding));
            Assert.Equal(plain.Header("ETag")![..^1] + $"-{encoding}\"", compressed.Header("ETag"));
            await UnchangedAsync(host.Anonymous, address, compressed.Header("ETag")!, ("Accept-Encoding", encoding));
            await UnchangedAsync(host.Anonymous, address, plain.Header("ETag")!, ("Accept-Encoding", encoding));
        }
    }

    [Fact]
    public async Task What_comes_without_a_tag_is_given_one()
    {
        await using var own = await OwnHost.StartAsync(host, endpoints =>
        {
            endpoints.MapGet("/planted/text", () => Results.Text("Bonjour", "text/plain")).AllowAnonymous();
            endpoints.MapGet("/planted/stream", () => Results.Stream(stream => stream.WriteAsync("Bonjour"u8.ToArray()).AsTask())).AllowAnonymous();
            endpoints.MapGet("/planted/object", () => new { Hello = "Bonjour" }).AllowAnonymous();
            endpoints.MapGet("/planted/file", () => Results.File(typeof(EntityTagTests).Assembly.Location)).AllowAnonymous();
            endpoints.MapGet("/planted/fault", async (HttpContext http) =>
            {
                await http.Response.WriteAsync("half an answer");
                throw new InvalidOperationException("planted");
            }).AllowAnonymous();
        });

        foreach (var kind in new[] { "text", "stream", "object", "file" })
        {
            using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, $"/planted/{kind}");
            var content = await answer.Content.ReadAsByteArrayAsync(Token);
            Assert.NotEmpty(content);
            Assert.Equal(content.Length, answer.Content.Headers.ContentLength);
            await UnchangedAsync(own.Anonymous, $"/planted/{kind}", answer.Header("ETag")!);
        }

        using var fault = await own.Anonymous.AskAsync(HttpMethod.Get, "/planted/fault");
        await fault.ProblemAsync(HttpStatusCode.InternalServerError, "internal.fault");
        Assert.Null(fault.Header("ETag"));
    }

    [Fact]
    public async Task A_refusal_has_no_tag()
    {
        using var answer = await host.Administrator.AskAsync(HttpMethod.Get, $"{Candidatures}/{Guid.CreateVersion7()}", ("If-None-Match", "*"));
        await answer.ProblemAsync(HttpStatusCode.NotFound, "recruitment.candidature_unknown");
        Assert.Null(answer.Header("ETag"));
    }

    private static async Task UnchangedAsync(HttpClient client, string address, string tag, params (string Name, string Value)[] headers)
    {
        using var answer = await client.AskAsync(HttpMethod.Get, address, [("If-None-Match", tag), .. headers]);
        Assert.True(answer.StatusCode == HttpStatusCode.NotModified, $"{address}: {answer.StatusCode}");
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(tag, answer.Header("ETag"));
        Assert.NotNull(answer.Header("Cache-Control"));
        Assert.NotNull(answer.Header("Vary"));
    }

    private async Task ChangedAsync(string address, string tag)
    {
        using var answer = await host.Administrator.AskAsync(HttpMethod.Get, address, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(tag, answer.Header("ETag"));
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token)));
    }
}
