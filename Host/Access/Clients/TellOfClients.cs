using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Clients;

/// <summary>Each start tells the other modules of the clients that they were not told of: those of former releases, and the administrator that a start made.</summary>
internal sealed class TellOfClients(IServiceScopeFactory scopes) : IHostedLifecycleService
{
    private const int AtOnce = 200;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        for (var untold = await UntoldAsync(cancellationToken); untold.Count > 0; untold = await UntoldAsync(cancellationToken))
        {
            foreach (var client in untold)
            {
                await TellAsync(client, cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<Guid>> UntoldAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IAccessStore>>();
        var untold = await session.Query<Client>()
            .Where(client => client.ToldVersion == null || client.ToldVersion < Client.CurrentToldVersion).OrderBy(client => client.Id).Take(AtOnce).ToListAsync(token);
        return [.. untold.Select(client => client.Id)];
    }

    // Another node that is faster has told of it: this one clashes and tells nothing
    private async Task TellAsync(Guid id, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IAccessStore>>();
        await session.DecideAsync<Client>(
            id, ClientErrors.Unknown, client => client with { ToldVersion = Client.CurrentToldVersion }, token, publish: client => client.ToNews());
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
