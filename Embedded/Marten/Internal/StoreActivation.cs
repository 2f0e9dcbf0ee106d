using Microsoft.Extensions.Hosting;

namespace Marten.Internal;

/// <summary>Prepares a store's schema when the host starts, before anything else (published: MartenActivator).</summary>
internal sealed class StoreActivation(Func<DocumentStore> store) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var resolved = store();
        await resolved.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        foreach (var data in resolved.Options.InitialData)
        {
            await data.Populate(resolved, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A store that was registered, for AllDocumentStores.</summary>
internal sealed record StoreRegistration(Func<IServiceProvider, IDocumentStore> Resolve);

/// <summary>What ConfigureMarten adds to a store's options (published: IConfigureMarten).</summary>
internal sealed record StoreConfiguration<T>(Action<IServiceProvider, StoreOptions> Configure)
    where T : IDocumentStore;
