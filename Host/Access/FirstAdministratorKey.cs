using System.Collections.Immutable;
using JasperFx;
using Marten;
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
        var scopes = Scopes.All(catalogue);
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<ApiKey>(Id, cancellationToken) is { } known)
        {
            await KeepAbleAsync(session, known, scopes, cancellationToken);
            return;
        }

        var (key, secret) = ApiKey.Create(Id, "administrator", scopes, time.GetUtcNow());
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

    // A release may bring scopes that this key was made without
    private static async Task KeepAbleAsync(IDocumentSession session, ApiKey known, ImmutableArray<string> scopes, CancellationToken token)
    {
        if (known.Scopes.SequenceEqual(scopes))
        {
            return;
        }

        try
        {
            session.UpdateNext(known with { Scopes = scopes });
            await session.SaveChangesAsync(token);
        }
        catch (ConcurrencyException)
        {
            // Another host of this release was faster
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
