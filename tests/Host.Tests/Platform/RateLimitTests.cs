using System.Net;
using System.Net.Sockets;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Npgsql;
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

        // Another holder, and who has no key, have buckets of their own; the address has paid for the first look at the key
        using var stranger = await own.Anonymous.AskAsync(HttpMethod.Get, Communes);
        Assert.Equal("\"default\";r=1;t=2400", stranger.Header("RateLimit"));
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

        using var neighbour = Clients.Of(own.Anonymous.BaseAddress!, inner: new SocketsHttpHandler { ConnectCallback = FromElsewhereAsync });
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
    public async Task Guessed_keys_ask_the_database_no_more_often_than_the_address_may_and_harm_no_holder()
    {
        await using var own = await OwnHost.StartAsync(host, settings: [("RateLimit:Permits", "4"), ("RateLimit:Window", "01:00:00")]);
        await GuessAsync(HttpStatusCode.Unauthorized, "\"default\";r=3;t=900");
        using (var first = await own.Administrator.AskAsync(HttpMethod.Get, Candidatures))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        }

        await GuessAsync(HttpStatusCode.Unauthorized, "\"default\";r=1;t=2700");
        await GuessAsync(HttpStatusCode.Unauthorized, "\"default\";r=0;t=3600");
        await using (var database = NpgsqlDataSource.Create(own.Connection))
        {
            // From here on a question to the database would be a fault
            await using var hide = database.CreateCommand("alter table access.mt_doc_apikey rename to hidden");
            await hide.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await GuessAsync(HttpStatusCode.TooManyRequests, "\"default\";r=0;t=3600");
            await GuessAsync(HttpStatusCode.TooManyRequests, "\"default\";r=0;t=3600");
            await using var show = database.CreateCommand("alter table access.hidden rename to mt_doc_apikey");
            await show.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var holder = await own.Administrator.AskAsync(HttpMethod.Get, Candidatures);
        Assert.Equal(HttpStatusCode.OK, holder.StatusCode);

        async Task GuessAsync(HttpStatusCode status, string rate)
        {
            using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, Candidatures, ("Authorization", $"Bearer {ApiKey.NewSecret(ApiKey.Mark)}"));
            Assert.Equal((status, rate), (answer.StatusCode, answer.Header("RateLimit")));
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8")]
    public async Task A_trusted_proxy_is_believed_when_it_says_who_calls_and_how(string trusted)
    {
        await using var own = await OwnHost.StartAsync(host, settings: [("RateLimit:Permits", "3"), ("RateLimit:Window", "01:00:00"), ("Http:TrustedProxies", trusted)]);
        Assert.Equal(("\"default\";r=2;t=1200", "max-age=31536000"), await ForwardedAsync(own, "203.0.113.7"));
        Assert.Equal(("\"default\";r=1;t=2400", "max-age=31536000"), await ForwardedAsync(own, "203.0.113.7"));
        Assert.Equal(("\"default\";r=2;t=1200", "max-age=31536000"), await ForwardedAsync(own, "203.0.113.8"));
        // Only what the trusted one itself has seen counts, not what its caller had told it
        Assert.Equal(("\"default\";r=0;t=3600", "max-age=31536000"), await ForwardedAsync(own, "198.51.100.1, 203.0.113.7"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8, 127.0.0.2")]
    public async Task Nobody_else_is_believed(string trusted)
    {
        await using var own = await OwnHost.StartAsync(host, settings: [("RateLimit:Permits", "3"), ("RateLimit:Window", "01:00:00"), ("Http:TrustedProxies", trusted)]);
        Assert.Equal(("\"default\";r=2;t=1200", null), await ForwardedAsync(own, "203.0.113.7"));
        Assert.Equal(("\"default\";r=1;t=2400", null), await ForwardedAsync(own, "203.0.113.8"));
    }

    private static async Task<(string? Rate, string? Https)> ForwardedAsync(OwnHost own, string caller)
    {
        using var answer = await own.Anonymous.AskAsync(HttpMethod.Get, Communes, ("X-Forwarded-For", caller), ("X-Forwarded-Proto", "https"));
        return (answer.Header("RateLimit"), answer.Header("Strict-Transport-Security"));
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
