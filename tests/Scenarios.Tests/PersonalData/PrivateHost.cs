using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>A host of one test, with all that can be known of it: its database, its mails, its log, and a clock that can be moved.</summary>
internal sealed class PrivateHost : IAsyncDisposable
{
    private readonly List<AnotherHost> nodes = [];
    private readonly MilleCafesHost shared;
    private readonly string connection;
    private readonly (string Name, string Value)[] settings;

    private PrivateHost(MilleCafesHost shared, string connection, (string Name, string Value)[] settings) => (this.shared, this.connection, this.settings) = (shared, connection, settings);

    public string Connection => connection;

    public MailServer Mails { get; } = new();

    public WrittenLog Log { get; } = new();

    public MovedClock Clock { get; } = new();

    public HttpClient Team { get; private set; } = null!;

    public HttpClient Anybody { get; private set; } = null!;

    public static async Task<PrivateHost> StartAsync(MilleCafesHost shared, params (string Name, string Value)[] settings)
    {
        var host = new PrivateHost(shared, await shared.CreateDatabaseAsync(), settings);
        var first = await host.AddNodeAsync();
        await KnownClients.KnownAsync(host.connection, KnownClients.Administrator);
        (host.Team, host.Anybody) = (first.CreateClient(administrator: true), first.CreateClient());
        return host;
    }

    /// <summary>One more node on the same database.</summary>
    public async Task<AnotherHost> AddNodeAsync()
    {
        var node = await shared.StartApartAsync(
            connection,
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(Log);
                builder.Services.AddSingleton<TimeProvider>(Clock);
            },
            [
                ("Smtp:Port", $"{Mails.Port}"), ("Logging:LogLevel:Default", "Information"), ("Logging:LogLevel:MilleCafes.Requests", "Information"),
                ("Logging:LogLevel:MilleCafes.Webhooks", "Information"), ("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), .. settings,
            ]);
        nodes.Add(node);
        return node;
    }

    /// <summary>Does what each node does once a day.</summary>
    public Task PassDayAsync() => Task.WhenAll(nodes.Select(node =>
    {
        var clock = node.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "RetentionClock");
        return (Task)clock.GetType().GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Instance)!.Invoke(clock, [TestContext.Current.CancellationToken])!;
    }));

    /// <summary>Does what the first node does once an hour with what nobody confirmed.</summary>
    public Task PassHourAsync()
    {
        var clock = Hosted("UnconfirmedClock");
        return (Task)clock.GetType().GetMethod("TickAsync", BindingFlags.Public | BindingFlags.Instance)!.Invoke(clock, [TestContext.Current.CancellationToken])!;
    }

    /// <summary>What the first node does by itself, by its name.</summary>
    public IHostedService Hosted(string name) => nodes[0].Services.GetServices<IHostedService>().Single(service => service.GetType().Name == name);

    /// <summary>Somebody with a key of their own.</summary>
    public async Task<(Guid Id, HttpClient Http)> AddClientAsync(string kind, params string[] scopes)
    {
        using var added = await Team.SendAsync("/v1/access/clients", new { name = "Client", kind, scopes });
        var id = (await added.ReadAsync(HttpStatusCode.Created))["id"]!.GetValue<Guid>();
        await KnownClients.KnownAsync(connection, id);
        using var given = await Team.SendAsync($"/v1/access/clients/{id}/keys", new { });
        return (id, Testing.Contract.Clients.Of(nodes[0].Address, (await given.ReadAsync(HttpStatusCode.Created))["secret"].Text()));
    }

    /// <summary>The partner and the observer that the whole story needs, and the story.</summary>
    public async Task<string> LiveAsync(Marker marker)
    {
        var (_, partner) = await AddClientAsync("partner", "recruitment:read", "recruitment:write", "personal-data:read");
        var (observing, observer) = await AddClientAsync("staff", "recruitment:read", "recruitment:write");
        return await StoryOf(marker).LiveAsync(partner, observer, observing);
    }

    public WholeStory StoryOf(Marker marker) => new(this, marker, shared.NextInseeCode);

    /// <summary>Returns when the link of a token opens.</summary>
    public Task StoredAsync(string token) => RightGerants.StoredAsync(connection, token);

    public async ValueTask DisposeAsync()
    {
        Team?.Dispose();
        Anybody?.Dispose();
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await Mails.DisposeAsync();
    }
}
