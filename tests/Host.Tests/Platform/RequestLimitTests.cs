using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MilleCafes.Host.Operations.Settings;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>A request that is too long, too large or too slow is refused as a problem.</summary>
public sealed class RequestLimitTests(MilleCafesHost host)
{
    private const string Communes = "/v1/reference/communes";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_of_nine_kibibytes_is_a_problem()
    {
        using var answer = await host.Anonymous.AskAsync(HttpMethod.Get, $"{Communes}?search={new string('a', 9 * 1024)}");
        await answer.ProblemAsync(HttpStatusCode.RequestUriTooLong, "request.address_too_long");
    }

    [Fact]
    public async Task Headers_of_forty_kibibytes_are_a_problem()
    {
        using var answer = await host.Anonymous.AskAsync(HttpMethod.Get, Communes, ("X-Long", new string('a', 40 * 1024)));
        await answer.ProblemAsync(HttpStatusCode.RequestHeaderFieldsTooLarge, "request.headers_too_large");
    }

    [Theory]
    [InlineData("Authorization: Bearer mck_\xE9\xFF", "access.key_unknown")]
    [InlineData("Accept-Language: \xC3\x28", "access.key_missing")]
    public async Task Bytes_in_a_header_that_are_no_text_are_answered_by_a_problem(string header, string code)
    {
        var answer = await SayAsync($"GET /v1/recruitment/commune-candidatures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n");
        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_more_than_is_listened_to_is_told_that_the_connection_ends()
    {
        var refused = await SayAsync(Letter(2 * 1024 * 1024, ""));
        Assert.StartsWith("HTTP/1.1 401 ", refused, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", refused, StringComparison.Ordinal);

        var both = await SayAsync(Letter(1024, "") + Letter(1024, "Connection: close\r\n"));
        Assert.Equal(2, both.Split("HTTP/1.1 401 ").Length - 1);

        static string Letter(int length, string header) =>
            $"POST /v1/recruitment/commune-candidatures HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{header}\r\n{new string(' ', length)}";
    }

    [Fact]
    public async Task A_batch_may_be_ten_times_as_large()
    {
        await using var own = await OwnHost.StartAsync(host, endpoints =>
        {
            endpoints.MapPost("/planted/batch", async (HttpContext http) => await CountAsync(http)).TakesBatches().AllowAnonymous();
            endpoints.MapPost("/planted/one", async (HttpContext http) => await CountAsync(http)).AllowAnonymous();
        });

        await AskAsync("/planted/batch", 10, HttpStatusCode.OK);
        await AskAsync("/planted/batch", 11, HttpStatusCode.RequestEntityTooLarge);
        await AskAsync("/planted/one", 1, HttpStatusCode.OK);
        await AskAsync("/planted/one", 2, HttpStatusCode.RequestEntityTooLarge);

        async Task AskAsync(string address, int mebibytes, HttpStatusCode status)
        {
            using var content = new ByteArrayContent(new byte[mebibytes * 1024 * 1024]);
            using var answer = await own.Anonymous.AskAsync(HttpMethod.Post, address, content);
            Assert.Equal(status, answer.StatusCode);
        }

        static async Task<int> CountAsync(HttpContext http)
        {
            using var read = new MemoryStream();
            await http.Request.Body.CopyToAsync(read, http.RequestAborted);
            return (int)read.Length;
        }
    }

    [Fact]
    public async Task JSON_of_32_levels_is_read_and_deeper_JSON_is_refused()
    {
        await using var own = await OwnHost.StartAsync(host, endpoints => endpoints.MapPost("/planted", (JsonNode body) => body).AllowAnonymous());
        using var read = await own.Anonymous.AskAsync(HttpMethod.Post, "/planted", Nested(32));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var refused = await own.Anonymous.AskAsync(HttpMethod.Post, "/planted", Nested(33));
        await refused.ProblemAsync(HttpStatusCode.BadRequest, "request.unreadable_json");

        static StringContent Nested(int levels) => new(new string('[', levels) + new string(']', levels), Encoding.UTF8, "application/json");
    }

    [Fact]
    public async Task A_request_that_the_database_holds_up_is_given_up_in_time()
    {
        await using var own = await OwnHost.StartAsync(host, settings: ("Http:Timeout", "00:00:01"));
        await using var database = NpgsqlDataSource.Create(own.Connection);
        await using var connection = await database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var hold = new NpgsqlCommand("lock table recruitment.mt_doc_communecandidature in access exclusive mode", connection, transaction);
        await hold.ExecuteNonQueryAsync(Token);

        using var answer = await own.Administrator.AskAsync(HttpMethod.Get, "/v1/recruitment/commune-candidatures", ("Accept-Language", "en"));
        var problem = await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "internal.timed_out");
        Assert.Equal("Unavailable for now", (string?)problem["title"]);
        Assert.Equal("5", answer.Header("Retry-After"));

        await transaction.RollbackAsync(Token);
        using var again = await own.Administrator.AskAsync(HttpMethod.Get, "/v1/recruitment/commune-candidatures");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("Http:Timeout", "30")]
    [InlineData("Http:Timeout", "-00:00:01")]
    [InlineData("Http:CorsOrigins", "https://partenaire.example/")]
    [InlineData("Http:TrustedProxies", "proxy.example")]
    [InlineData("Http:TrustedProxies", "10.0.0.0/33")]
    [InlineData("Http:TrustedProxies", "10")]
    [InlineData("RateLimit:Permits", "0")]
    [InlineData("RateLimit:Window", "soon")]
    public async Task A_setting_that_is_none_stops_the_start(string name, string value)
    {
        var refusal = await Assert.ThrowsAsync<InvalidSettingsException>(() => OwnHost.StartAsync(host, settings: (name, value)));
        Assert.StartsWith($"{name} =", Assert.Single(refusal.Faults), StringComparison.Ordinal);
    }

    // Until the host ends the connection
    private async Task<string> SayAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Anonymous.BaseAddress!.Port, Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }
}
