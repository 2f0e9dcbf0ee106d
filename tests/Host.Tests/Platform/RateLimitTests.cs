using System.Net;
using System.Net.Sockets;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>One holder cannot take the host from the others, and is told how much is left.</summary>
public sealed class RateLimitTests(MilleCafesHost host)
{
    private const string Communes = "/v1/reference/communes?limit=1";
    private const string Candidatures = "/v1/recruitment/commune-candidatures";

    [Fact]
    public async Task A_holder_that_has_used_up_its_requests_is_told_when_to_go_on()
    {
        await using var own = await OwnHost.StartAsync(host, settings: [("RateLimit:Permits", "3"), ("RateLimit:Window", "01:00:00")]);
        foreach (var (left, full) in new[] { (2, 1200), (1, 2400), (0, 3600) })
        {
            using var answer = await own.Administrator.AskAsync(HttpMethod.Get, Candidatures);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("\"default\";q=3;w=3600", answer.Header("RateLimit-Policy"));
            Assert.Equal($"\"default\";r={left};t={full}", answer.Header("RateLimit"));
        }

        using var refused = await own.Administrator.AskAsync(HttpMethod.Get, Candidatures, ("Accept-Language", "en"));
        var problem = await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "request.rate_exceeded");
        Assert.Equal("Too many requests", (string?)problem["title"]);
        Assert.Equal("1200", refused.Header("Retry-After"));
        Assert.Equal("\"default\";r=0;t=3600", refused.Header("RateLimit"));

        // Another holder, and who has no key, have buckets of their own
        using var stranger = await own.Anonymous.AskAsync(HttpMethod.Get, Communes);
        Assert.Equal("\"default\";r=2;t=1200", stranger.Header("RateLimit"));
    }

    [Fact]
    public async Task Who_has_no_key_is_counted_by_address_even_where_there_is_nothing()
    {
        await using var own = await OwnHost.StartAsync(host, settings: [("RateLimit:Permits", "4"), ("RateLimit:Window", "01:00:00")]);
        await AskAsync(own, "/v1/nothing", HttpStatusCode.Unauthorized);
        await AskAsync(own, Candidatures, HttpStatusCode.Unauthorized);
        await AskAsync(own, "/v1/reference/communes?limit=x", HttpStatusCode.BadRequest);
        await AskAsync(own, Communes, HttpStatusCode.OK);
        await AskAsync(own, Communes, HttpStatusCode.TooManyRequests);
        await AskAsync(own, "/v1/nothing", HttpStatusCode.TooManyRequests);

        using var neighbour = new HttpClient(new SocketsHttpHandler { ConnectCallback = FromElsewhereAsync }) { BaseAddress = own.Anonymous.BaseAddress };
        using var answer = await neighbour.AskAsync(HttpMethod.Get, Communes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        static async Task AskAsync(OwnHost own, string address, HttpStatusCode status)
        {
            using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, address);
            Assert.Equal(status, answer.StatusCode);
            Assert.NotNull(answer.Header("RateLimit"));
        }
    }

    [Fact]
    public async Task Health_the_document_and_the_pages_of_errors_count_for_nobody()
    {
        await using var own = await OwnHost.StartAsync(host, settings: [("RateLimit:Permits", "1"), ("RateLimit:Window", "01:00:00")]);
        foreach (var address in new[] { "/health/live", "/health/ready", "/openapi/v1.json", "/scalar/", "/errors/request.rate_exceeded", "/health/live" })
        {
            using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Null(answer.Header("RateLimit"));
        }
    }

    [Fact]
    public async Task What_is_used_up_comes_back()
    {
        await using var own = await OwnHost.StartAsync(host, settings: [("RateLimit:Permits", "2"), ("RateLimit:Window", "00:00:01")]);
        var status = HttpStatusCode.OK;
        for (var time = 0; time < 1_000 && status == HttpStatusCode.OK; time++)
        {
            using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, Communes);
            status = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        await Eventually.True(
            async () =>
            {
                using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, Communes);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(5));
    }

    private static async ValueTask<Stream> FromElsewhereAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.77"), 0));
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, token);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
