using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MilleCafes.Host;
using MilleCafes.Shared.Communes;
using Wolverine.Tracking;
using Xunit;

namespace MilleCafes.Testing;

/// <summary>The real application on a free loopback port and a fresh database: one per test assembly.</summary>
public sealed class MilleCafesHost : IAsyncLifetime
{
    private static readonly TimeSpan TrackingTime = TimeSpan.FromSeconds(30);

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
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Webhooks:SecretsKey", Convert.ToBase64String(new byte[32])),
            new("Webhooks:AllowLoopback", "true"), new("Webhooks:RetryDelays:0", "00:00:00.020"), new("Webhooks:RetryDelays:1", "00:00:00.020"),
        ]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // The test process itself answers to Ctrl-C and SIGTERM
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        using var announcements = new StringWriter();
        application = MilleCafesApplication.Build(builder, Connection, TextWriter.Synchronized(announcements));
        await application.StartAsync();

        AdministratorKey = AdministratorKeys.In(announcements.ToString()) ?? throw new InvalidOperationException($"No key was announced: {announcements}");
        var address = new Uri(application.Urls.Single());
        Anonymous = new() { BaseAddress = address };
        Administrator = new() { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", AdministratorKey) } };
        // The Somme has hundreds of small communes, and no story in the network's texts
        communes = [.. application.Services.GetRequiredService<CommuneRegistry>().Communes
            .Where(commune => commune is { Departement: "80", Eligible: true, Population: > 0 })
            .Select(commune => commune.InseeCode)];
    }

    /// <summary>An empty database beside this host's own, for a test that starts hosts itself.</summary>
    public Task<string> CreateDatabaseAsync() => postgres.CreateDatabaseAsync();

    /// <summary>Returns when every message that the action caused, near or far, has been handled.</summary>
    public Task<ITrackedSession> TrackAsync(Func<Task> action) => Host.TrackActivity(TrackingTime).ExecuteAndWaitAsync(_ => action());

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
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
