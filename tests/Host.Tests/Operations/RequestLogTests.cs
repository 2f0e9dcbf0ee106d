using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Operations;

/// <summary>What a host without a collector writes on standard output.</summary>
public sealed class RequestLogTests(MilleCafesHost neighbour)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_request_is_one_JSON_line_with_its_facts()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        var id = await Partner.SubmitAsync(host.Administrator, neighbour.NextInseeCode());
        var found = await host.Administrator.GetByteArrayAsync($"/v1/recruitment/commune-candidatures/{id}", Token);
        using var head = await host.Administrator.SendAsync(new(HttpMethod.Head, "/health/live"), Token);
        using var missing = await host.Administrator.GetAsync($"/v1/recruitment/commune-candidatures/{Guid.CreateVersion7()}", Token);
        var problem = JsonElement.Parse(await missing.Content.ReadAsStringAsync(Token));

        var lines = await host.LinesAsync("request", 4);

        Assert.Equal(
            [
                ("POST", "/v1/recruitment/commune-candidatures", 201), ("GET", "/v1/recruitment/commune-candidatures/{id}", 200),
                ("HEAD", "/health/live", 200), ("GET", "/v1/recruitment/commune-candidatures/{id}", 404),
            ],
            lines.Select(line => (line.GetProperty("method").GetString()!, line.GetProperty("route").GetString()!, line.GetProperty("status").GetInt32())));
        Assert.Equal([found.Length, 0, missing.Content.Headers.ContentLength ?? (await missing.Content.ReadAsByteArrayAsync(Token)).Length], lines.Skip(1).Select(line => line.GetProperty("bytes").GetInt64()));
        Assert.Equal(problem.GetProperty("traceId").GetString(), lines[3].GetProperty("traceId").GetString());
        Assert.All(lines, line => Assert.InRange(line.GetProperty("milliseconds").GetDouble(), 0.01, 60_000));
        Assert.Equal(4, lines.Select(line => line.GetProperty("traceId").GetString()).Distinct().Count());
        Assert.Single(lines.Where(line => line.GetProperty("route").GetString() != "/health/live").Select(line => line.GetProperty("holder").GetGuid()).Distinct());
        var myself = JsonElement.Parse(await host.Administrator.GetStringAsync("/v1/access/me", Token));
        Assert.Equal(
            (myself.GetProperty("client").GetProperty("id").GetGuid(), myself.GetProperty("key").GetProperty("id").GetGuid()),
            (lines[0].GetProperty("holder").GetGuid(), lines[0].GetProperty("keyId").GetGuid()));
        Assert.All(lines, line => Assert.InRange(line.GetProperty("time").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(-2), TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public async Task No_query_no_body_no_key_and_nothing_of_a_person_is_written()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        await Partner.SubmitAsync(host.Administrator, neighbour.NextInseeCode());
        using var searched = await host.Administrator.GetAsync("/v1/reference/communes?search=queryvalue", Token);
        using var unknown = await host.Administrator.GetAsync("/pathvalue?queryvalue=queryvalue", Token);
        using var malformed = await host.Administrator.PostAsJsonAsync("/v1/recruitment/commune-candidatures", new { bodyvalue = "bodyvalue" }, Token);
        using var request = new HttpRequestMessage(new("METHODVALUE"), "/v1/reference/communes") { Headers = { Authorization = new("Bearer", "mck_keyvalue"), Referrer = new("http://headervalue") } };
        using var refused = await host.Administrator.SendAsync(request, Token);

        var lines = await host.LinesAsync("request", 5);

        Assert.Equal([201, 200, 404, 400], lines.Take(4).Select(line => line.GetProperty("status").GetInt32()));
        Assert.Equal("other", Assert.Single(lines.Skip(4)).GetProperty("method").GetString());
        var output = string.Join('\n', host.Lines());
        Assert.All(
            ["queryvalue", "pathvalue", "bodyvalue", "METHODVALUE", "keyvalue", "headervalue", "Camille", "mairie@example.org", "mck_", host.Key],
            secret => Assert.DoesNotContain(secret, output, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_is_told_as_such()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        using (var caller = new TcpClient())
        {
            await caller.ConnectAsync(IPAddress.Loopback, host.Administrator.BaseAddress!.Port, Token);
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/recruitment/commune-candidatures HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {host.Key}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"), Token);
        }

        var line = Assert.Single(await host.LinesAsync("request", 1));
        Assert.True(line.GetProperty("aborted").GetBoolean());
    }

    [Fact]
    public async Task What_is_logged_besides_is_JSON_too_and_belongs_to_its_trace()
    {
        using var host = await StartedHost.OfAsync(neighbour, "--Logging:LogLevel:Microsoft.AspNetCore.Routing=Debug");
        await host.Administrator.GetByteArrayAsync("/health/live", Token);

        var trace = Assert.Single(await host.LinesAsync("request", 1)).GetProperty("traceId").GetString();
        var matched = await host.LogAsync("Request matched endpoint");
        Assert.Equal(("debug", trace), (matched.GetProperty("level").GetString(), matched.GetProperty("traceId").GetString()));
        Assert.StartsWith("Microsoft.AspNetCore.Routing", matched.GetProperty("category").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_of_a_request_reaches_its_webhooks_and_no_subscriber_sees_it()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        await using var receiver = await WebhookReceiver.AnsweringAsync(500, 200);
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var candidature = await host.AcceptAsync(neighbour.NextInseeCode(), receiver, trace);

        var webhooks = await host.LinesAsync("webhook", 3);

        Assert.Equal([200, 200, 500], webhooks.Select(line => line.GetProperty("status").GetInt32()).Order());
        Assert.All(webhooks, line => Assert.Equal((trace, "127.0.0.1"), (line.GetProperty("traceId").GetString(), line.GetProperty("host").GetString())));
        var acceptance = (await host.LinesAsync("request", 3)).Single(line => line.GetProperty("route").GetString()!.EndsWith("/acceptance", StringComparison.Ordinal));
        Assert.Equal(trace, acceptance.GetProperty("traceId").GetString());
        for (var arrival = 0; arrival < 3; arrival++)
        {
            var news = await receiver.NextAsync(Token);
            Assert.Equal(candidature, news.Data.GetProperty("candidatureId").GetGuid());
            Assert.Contains(news.Id, webhooks.Select(line => line.GetProperty("webhookId").GetString()));
            Assert.DoesNotContain(news.Headers, header => header.Value.Contains(trace, StringComparison.Ordinal) || header.Key is "traceparent" or "tracestate" or "baggage" or "request-id");
        }
    }

    [Fact]
    public async Task A_message_that_fails_says_so_in_the_trace_of_its_request()
    {
        using var host = await StartedHost.OfAsync(neighbour);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        await host.ExecuteAsync("drop table accompaniment.mt_doc_cafeproject cascade");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        await host.AcceptAsync(neighbour.NextInseeCode(), receiver, trace);

        var lost = await host.LogAsync("was moved to the dead letters");
        Assert.Equal(("error", trace), (lost.GetProperty("level").GetString(), lost.GetProperty("traceId").GetString()));
        Assert.Contains("mt_doc_cafeproject", lost.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_output_that_nobody_reads_holds_back_no_request()
    {
        const int requests = 5_500;
        using var host = await StartedHost.OfAsync(neighbour);
        host.StopReading();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (_, token) => await host.Administrator.GetByteArrayAsync("/health/live", token).WaitAsync(TimeSpan.FromSeconds(20), token));
    }
}
