using JasperFx;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>The first start makes one administrator key and tells it once; later starts find it and say nothing.</summary>
internal sealed class FirstAdministratorKey(IAccessStore store, ModuleCatalogue catalogue, Announcements announcements, TimeProvider time) : IHostedLifecycleService
{
    // The id is fixed so that two hosts starting at once on an empty database make one key
    private static readonly Guid Id = Guid.Parse("00000000-0000-7000-8000-000000000001");

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.CheckExistsAsync<ApiKey>(Id, cancellationToken))
        {
            return;
        }

        var (key, secret) = ApiKey.Create(Id, "administrator", Scopes.All(catalogue), time.GetUtcNow());
        try
        {
            session.Insert(key);
            await session.SaveChangesAsync(cancellationToken);
            announcements.Say(Language.Choose($"Clé d'administration (affichée une seule fois) : {secret}", $"Administrator key (shown this once): {secret}"));
        }
        catch (DocumentAlreadyExistsException)
        {
            // Another host was faster, and has told its key
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
