using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MilleCafes.Host;
using MilleCafes.Host.Platform.EmbeddedPostgres;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using Wolverine;

namespace MilleCafes.Benchmarks;

/// <summary>Whether those that answer get their events in time while others hang and fail.</summary>
internal static class WebhooksLoadBenchmark
{
    private const int Subscriptions = 200;
    private const int Hanging = 20;
    private const int Failing = 20;
    private const int EventsPerSecond = 50;

    private static readonly string[] Accepted = ["recruitment.commune-candidature.accepted"];

    // As many départements as pairs of subscriptions: each event is wanted by two of them, as by a job board and a foundation
    private static readonly string[] Departements =
        [.. Enumerable.Range(1, 95).Where(number => number != 20).Select(number => number.ToString("00", CultureInfo.InvariantCulture)), "2A", "2B", "971", "972", "973", "974"];

    /// <param name="seconds">How long events happen.</param>
    /// <param name="toAll">Whether every subscription wants every event.</param>
    public static async Task RunAsync(int seconds, bool toAll, int rate = EventsPerSecond)
    {
        using var directory = await BenchmarkServer.PrepareDirectoryAsync();
        await using var server = await EmbeddedDatabase.StartAsync(new EmbeddedDatabaseOptions(directory.Path), TextWriter.Null, CancellationToken.None);
        using var announcements = new StringWriter();
        await using var host = await StartHostAsync(server.ConnectionString, TextWriter.Synchronized(announcements));
        var (sent, latencies, arrivals) = (new ConcurrentDictionary<Guid, long>(), new Latencies(), new ConcurrentQueue<(Guid Id, long At)>());
        await using var receiver = await StartReceiverAsync(arrivals);
        var endpoint = receiver.Urls.Single();
        await SubscribeAsync(host, AdministratorKeys.In(announcements.ToString())!, endpoint, toAll);

        var expected = await PublishAsync(host, sent, seconds * rate, rate, toAll);
        var deadline = TimeProvider.System.GetTimestamp();
        while (arrivals.Count < expected && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(100);
        }

        await host.StopAsync();
        foreach (var (id, at) in arrivals)
        {
            latencies.Add("healthy", TimeProvider.System.GetElapsedTime(sent[id], at).TotalMilliseconds);
        }

        Console.WriteLine($"{Subscriptions} subscriptions, {Hanging} hang, {Failing} fail; {rate} events/s for {seconds} s, each wanted by {(toAll ? Subscriptions : 2)}");
        Console.WriteLine($"healthy: {arrivals.Count} of {expected}, {latencies.Describe()}");
    }

    /// <summary>The host as it is delivered, on a server that writes as a real one.</summary>
    private static async Task<WebApplication> StartHostAsync(string connection, TextWriter announcements)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection([new("Webhooks:AllowLoopback", "true"), new("Webhooks:SecretsKey", Convert.ToBase64String(new byte[32])), new("RateLimit:Permits", "1000000"),
            new("Logging:LogLevel:MilleCafes.Requests", "None"), new("Logging:LogLevel:MilleCafes.Webhooks", "None")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var host = MilleCafesApplication.Build(builder, connection, announcements);
        await host.StartAsync();
        return host;
    }

    private static async Task SubscribeAsync(WebApplication host, string key, string endpoint, bool toAll)
    {
        // Each key has one in five of its subscriptions hang or fail, so that nobody is spared by being alone
        var keys = new HttpClient[4];
        using var administrator = new HttpClient { BaseAddress = new Uri(host.Urls.Single()), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        for (var number = 0; number < keys.Length; number++)
        {
            keys[number] = await KeyOfNewPartnerAsync(administrator);
        }

        for (var number = 0; number < Subscriptions; number++)
        {
            var kind = number % 10 == 0 ? "hang" : number % 10 == 1 ? "fail" : "ok";
            object subscription = toAll
                ? new { url = $"{endpoint}/{kind}/{number}", eventTypes = Accepted }
                : new { url = $"{endpoint}/{kind}/{number}", eventTypes = Accepted, filters = new { departements = new[] { Departements[number / 2] } } };
            using var answer = await keys[number % 4].PostAsJsonAsync("/v1/webhooks/subscriptions", subscription);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<int> PublishAsync(WebApplication host, ConcurrentDictionary<Guid, long> sent, int count, int rate, bool toAll)
    {
        var (expected, random, publishing) = (0, new Random(1), new List<Task>());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / rate);
        for (var number = 0; number < count; number++)
        {
            await timer.WaitForNextTickAsync();
            var pair = random.Next(Subscriptions / 2);
            var message = new CommuneCandidatureAccepted(Guid.CreateVersion7(), "12268", "Sénergues", Departements[pair], TimeProvider.System.GetUtcNow());
            expected += toAll ? Subscriptions - Hanging - Failing : new[] { 2 * pair, (2 * pair) + 1 }.Count(subscription => subscription % 10 > 1);
            sent[message.CandidatureId] = TimeProvider.System.GetTimestamp();
            publishing.Add(SayAsync(message));
        }

        await Task.WhenAll(publishing);
        return expected;

        async Task SayAsync(CommuneCandidatureAccepted message)
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(message);
        }
    }

    private static async Task<WebApplication> StartReceiverAsync(ConcurrentQueue<(Guid Id, long At)> arrivals)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.MapPost("/ok/{number}", async (HttpContext http) =>
        {
            var at = TimeProvider.System.GetTimestamp();
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            arrivals.Enqueue((body.RootElement.GetProperty("data").GetProperty("candidatureId").GetGuid(), at));
        });
        application.MapPost("/fail/{number}", () => Results.StatusCode(500));
        application.MapPost("/hang/{number}", (HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await application.StartAsync();
        return application;
    }

    private static async Task<HttpClient> KeyOfNewPartnerAsync(HttpClient administrator)
    {
        string[] scopes = ["webhooks:manage"];
        using var added = await administrator.PostAsJsonAsync("/v1/access/clients", new { name = "Équipe", kind = "staff", scopes });
        var client = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var given = await administrator.PostAsJsonAsync($"/v1/access/clients/{client}/keys", new { });
        var secret = (await given.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString();
        return new HttpClient { BaseAddress = administrator.BaseAddress, DefaultRequestHeaders = { Authorization = new("Bearer", secret) } };
    }
}
