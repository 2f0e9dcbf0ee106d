using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MilleCafes.Host;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing.Contract;
using Wolverine;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Testing;

/// <summary>The real application on a free loopback port and a fresh database: one per test assembly.</summary>
public sealed class MilleCafesHost : IAsyncLifetime
{
    private static readonly TimeSpan TrackingTime = TimeSpan.FromSeconds(30);

    /// <summary>Takes what this host mails.</summary>
    public MailServer Mails { get; } = new();

    private readonly PostgresServer postgres = new();
    private WebApplication? application;
    private IReadOnlyList<string> communes = [];
    private int taken;

    /// <summary>Sends the administrator key.</summary>
    public HttpClient Administrator { get; private set; } = null!;

    /// <summary>Sends no key.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    public string AdministratorKey { get; private set; } = "";

    /// <summary>A superuser's connection to the database of this host.</summary>
    public string Connection { get; private set; } = "";

    public IHost Host => application ?? throw new InvalidOperationException("The host is not started.");

    public async ValueTask InitializeAsync()
    {
        await postgres.InitializeAsync();
        Connection = await CreateDatabaseAsync();
        using var announcements = new StringWriter();
        application = Build(TextWriter.Synchronized(announcements), Connection);
        await application.StartAsync();

        AdministratorKey = AdministratorKeys.In(announcements.ToString()) ?? throw new InvalidOperationException($"No key was announced: {announcements}");
        var address = new Uri(application.Urls.Single());
        Anonymous = Clients.Of(address);
        Administrator = Clients.Of(address, AdministratorKey);
        await KnownClients.KnownAsync(Connection, KnownClients.Administrator);
        // The Somme has hundreds of small communes, and no story in the network's texts; its neighbours come after it
        communes = [.. application.Services.GetRequiredService<CommuneRegistry>().Communes
            .Where(commune => commune is { Departement: "80" or "02" or "62", Eligible: true, Population: > 0 })
            .OrderByDescending(commune => commune.Departement == "80")
            .Select(commune => commune.InseeCode)];
    }

    /// <summary>Another host on the same database, as a second node has.</summary>
    public async Task<AnotherHost> StartAnotherAsync()
    {
        var another = Build(TextWriter.Null, Connection);
        await another.StartAsync();
        return new(another, new Uri(another.Urls.Single()), Connection, null);
    }

    /// <summary>A host with other settings, on a database of its own.</summary>
    public async Task<AnotherHost> StartApartAsync(params (string Name, string Value)[] settings) => await StartApartAsync(await CreateDatabaseAsync(), _ => { }, settings);

    /// <summary>A host with other services too, on a database that it may share with others that were started so.</summary>
    public async Task<AnotherHost> StartApartAsync(string connection, Action<WebApplicationBuilder> prepare, params (string Name, string Value)[] settings)
    {
        using var announcements = new StringWriter();
        var apart = Build(TextWriter.Synchronized(announcements), connection, prepare, settings);
        await apart.StartAsync();
        return new(apart, new Uri(apart.Urls.Single()), connection, AdministratorKeys.In(announcements.ToString()));
    }

    private WebApplication Build(TextWriter announcements, string connection, Action<WebApplicationBuilder>? prepare = null, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Webhooks:SecretsKey", Convert.ToBase64String(new byte[32])),
            new("Webhooks:AllowLoopback", "true"), new("Webhooks:RetryDelays:0", "00:00:00.020"), new("Webhooks:RetryDelays:1", "00:00:00.020"),
            new("Logging:LogLevel:MilleCafes.Requests", "None"), new("Logging:LogLevel:MilleCafes.Webhooks", "None"),
            new("RateLimit:Permits", "1000000"), new("Recruitment:Form:Permits", "1000000"),
            new("Smtp:Host", "127.0.0.1"), new("Smtp:Port", $"{Mails.Port}"), new("Smtp:From", "reseau@example.org"), new("Smtp:Security", "none"),
            new("Recruitment:Form:LinkAddress", "http://127.0.0.1:5080/candidature"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // The test process itself answers to Ctrl-C and SIGTERM
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        prepare?.Invoke(builder);
        return MilleCafesApplication.Build(builder, connection, announcements);
    }

    /// <summary>Another client of this host; like all, it lets no answer pass that the served document does not tell of.</summary>
    public HttpClient CreateClient(string? key = null) => Clients.Of(Anonymous.BaseAddress!, key);

    /// <summary>An empty database beside this host's own, for a test that starts hosts itself.</summary>
    public Task<string> CreateDatabaseAsync() => postgres.CreateDatabaseAsync();

    /// <summary>Returns when every message that the action caused, near or far, has been handled.</summary>
    public async Task<ITrackedSession> TrackAsync(Func<Task> action)
    {
        // A clash that is tried again is no failure; a message that is given up is
        var session = await Host.TrackActivity(TrackingTime).DoNotAssertOnExceptionsDetected().ExecuteAndWaitAsync(_ => action());
        return session.MovedToErrorQueue.Envelopes().FirstOrDefault() is { } lost ? throw new InvalidOperationException($"{lost.MessageType} was given up.") : session;
    }

    /// <summary>Says something as a module would.</summary>
    public async Task PublishAsync(object message)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(message);
    }

    /// <summary>Adds a client of these facts, which recruitment then knows of, and gives it a key with all its scopes.</summary>
    public async Task<(Guid Id, string Key)> AddClientAsync(object facts)
    {
        using var added = await Administrator.PostAsJsonAsync("/v1/access/clients", facts);
        var client = (await ReadAsync(added)).GetProperty("id").GetGuid();
        await KnownClients.KnownAsync(Connection, client);
        using var given = await Administrator.PostAsJsonAsync($"/v1/access/clients/{client}/keys", new { });
        return (client, (await ReadAsync(given)).GetProperty("secret").GetString()!);
    }

    /// <summary>Sends this key.</summary>
    public HttpClient With(string key) => CreateClient(key);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException(text);
    }

    /// <summary>An eligible commune that no other test of this run uses.</summary>
    public string NextInseeCode() => communes[Interlocked.Increment(ref taken) - 1];

    public async ValueTask DisposeAsync()
    {
        Administrator?.Dispose();
        Anonymous?.Dispose();
        if (application is not null)
        {
            await application.StopAsync();
            await application.DisposeAsync();
        }

        await postgres.DisposeAsync();
        await Mails.DisposeAsync();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>A further node on a test's database.</summary>
public sealed class AnotherHost(WebApplication application, Uri address, string connection, string? key) : IAsyncDisposable
{
    public Uri Address => address;

    /// <summary>A superuser's connection to its database.</summary>
    public string Connection => connection;

    /// <summary>The key that its start told.</summary>
    public string? Key => key;

    public IServiceProvider Services => application.Services;

    /// <summary>Another client of it, with the key that its start told or with none.</summary>
    public HttpClient CreateClient(bool administrator = false) => Clients.Of(address, administrator ? key : null);

    /// <summary>Returns when all that a start stores again is stored.</summary>
    public Task StoredAgainAsync() => ((BackgroundService)Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "DeriveAtStart")).ExecuteTask!;

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
