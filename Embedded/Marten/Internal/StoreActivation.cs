using Microsoft.Extensions.Hosting;

namespace Marten.Internal;

/// <summary>Prepares a store's schema when the host starts, before anything else (published: MartenActivator).</summary>
internal sealed class StoreActivation(Func<IDocumentStore> store) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What ConfigureMarten adds to a store's options (published: IConfigureMarten).</summary>
internal sealed record StoreConfiguration<T>(Action<StoreOptions> Configure)
    where T : IDocumentStore;
