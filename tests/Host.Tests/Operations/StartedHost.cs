using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Operations;

/// <summary>A host of its own process on an empty database, as in Production, and what it writes.</summary>
internal sealed class StartedHost : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HostProcess process;

    private StartedHost(HostProcess process, string connection, HttpClient administrator)
    {
        this.process = process;
        Connection = connection;
        Administrator = administrator;
    }

    public HttpClient Administrator { get; }

    /// <summary>A superuser's connection to its database.</summary>
    public string Connection { get; }

    public string Key => Administrator.DefaultRequestHeaders.Authorization!.Parameter!;

    public string Output => process.Output;

    public int Id => process.Id;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<StartedHost> OfAsync(MilleCafesHost neighbour, params string[] arguments)
    {
        var connection = await neighbour.CreateDatabaseAsync();
        var process = HostProcess.Start(["--port", "0", "--connection", connection, "--Webhooks:AllowLoopback=true", "--Webhooks:RetryDelays:0=00:00:00.020", .. arguments]);
        var address = await process.AddressAsync(Token);
        await Eventually.True(() => Task.FromResult(AdministratorKeys.In(process.Output) is not null), Patience);
        // Its own document, were it asked for, would stand among the lines that it writes
        var document = ApiDocument.Parse(await neighbour.Anonymous.GetStringAsync("/openapi/v1.json", Token));
        return new(process, connection, Clients.Against(document, address, AdministratorKeys.In(process.Output)));
    }

    /// <summary>The lines of this event, once there are so many.</summary>
    public async Task<JsonElement[]> LinesAsync(string kind, int count)
    {
        JsonElement[] lines = [];
        await Eventually.True(
            () =>
            {
                lines = [.. Lines().Where(line => line.GetProperty("event").GetString() == kind)];
                return Task.FromResult(lines.Length >= count);
            },
            Patience);
        return lines;
    }

    /// <summary>The first line of the log that says so, once there is one.</summary>
    public async Task<JsonElement> LogAsync(string said)
    {
        JsonElement? found = null;
        await Eventually.True(
            async () =>
            {
                var lines = await LinesAsync("log", 0);
                found = lines.Where(line => line.GetProperty("message").GetString()!.Contains(said, StringComparison.Ordinal)).Cast<JsonElement?>().FirstOrDefault();
                return found is not null;
            },
            Patience);
        return found!.Value;
    }

    /// <summary>Every line after those for the person who started it; each must be one JSON object.</summary>
    public IEnumerable<JsonElement> Lines() => Output.Split('\n').SkipWhile(line => !line.StartsWith('{')).Select(line => JsonElement.Parse(line));

    /// <summary>Standard output stays open, and nobody takes what is written there.</summary>
    public void StopReading() => process.StopReading();

    /// <summary>A commune applies and is accepted, with a subscriber to all that follows, in a trace that the caller began.</summary>
    public async Task<Guid> AcceptAsync(string inseeCode, WebhookReceiver receiver, string trace)
    {
        using var subscribed = await Administrator.PostAsJsonAsync("/v1/webhooks/subscriptions", new { url = receiver.Address, eventTypes = new[] { "*" } }, Token);
        Assert.Equal(HttpStatusCode.Created, subscribed.StatusCode);
        var candidature = await Partner.SubmitAsync(Administrator, inseeCode);
        using var acceptance = new HttpRequestMessage(HttpMethod.Post, $"/v1/recruitment/commune-candidatures/{candidature}/acceptance");
        acceptance.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-00");
        acceptance.Headers.Add("tracestate", "partner=secret");
        acceptance.Headers.Add("baggage", "user=secret");
        await Partner.ReadAsync(await Administrator.SendAsync(acceptance, Token));
        return candidature;
    }

    public Task ExecuteAsync(string sql) => ValueAsync<object>(sql);

    public async Task<T?> ValueAsync<T>(string sql)
    {
        await using var database = NpgsqlDataSource.Create(Connection);
        await using var command = database.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync(Token);
    }

    public async Task StopAsync()
    {
        await process.SignalAsync("TERM", Token);
        Assert.Equal(0, await process.ExitAsync(Token));
    }

    public void Dispose()
    {
        Administrator.Dispose();
        process.Dispose();
    }
}
