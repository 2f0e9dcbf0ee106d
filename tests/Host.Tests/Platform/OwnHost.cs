using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>The real application with settings and endpoints of a test's own, on a database of its own unless it shares one.</summary>
internal sealed class OwnHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private OwnHost(WebApplication application, string connection, string key, string? told, bool planted)
    {
        (this.application, Connection, Key, Told) = (application, connection, key, told);
        var address = new Uri(application.Urls.Single());
        Anonymous = ClientOf(null);
        Administrator = ClientOf(key);

        HttpClient ClientOf(string? shown) => planted ? Clients.Unchecked(address, shown) : Clients.Of(address, shown);
    }

    public HttpClient Anonymous { get; }

    public HttpClient Administrator { get; }

    public string Connection { get; }

    public string Key { get; }

    /// <summary>The administrator key that this start told, if it did.</summary>
    public string? Told { get; }

    public IServiceProvider Services => application.Services;

    public static async Task<OwnHost> StartAsync(MilleCafesHost neighbour, Action<IEndpointRouteBuilder>? endpoints = null, params (string Name, string Value)[] settings) =>
        await StartAsync(await neighbour.CreateDatabaseAsync(), null, endpoints, settings);

    /// <summary>Another node on the database of this one.</summary>
    public Task<OwnHost> BesideAsync(Action<IEndpointRouteBuilder>? endpoints = null, params (string Name, string Value)[] settings) =>
        StartAsync(Connection, Key, endpoints, settings);

    private static async Task<OwnHost> StartAsync(string connection, string? key, Action<IEndpointRouteBuilder>? endpoints, (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        using var announcements = new StringWriter();
        var application = MilleCafesApplication.Build(builder, connection, TextWriter.Synchronized(announcements));
        endpoints?.Invoke(application);
        await application.StartAsync();
        var told = AdministratorKeys.In(announcements.ToString());
        return new OwnHost(application, connection, key ?? told!, told, endpoints is not null);
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Administrator.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
