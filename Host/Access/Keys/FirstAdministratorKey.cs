using System.Collections.Immutable;
using JasperFx;
using Marten;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>The first start makes one administrator with one key and tells it once; later starts find it and say nothing.</summary>
internal sealed class FirstAdministratorKey(IAccessStore store, ModuleCatalogue catalogue, Announcements announcements, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>Ids are fixed so that two hosts starting at once on an empty database make one key.</summary>
    public static readonly Guid ClientId = Guid.Parse("00000000-0000-7000-8000-000000000002");

    private static readonly Guid Id = Guid.Parse("00000000-0000-7000-8000-000000000001");

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var scopes = Scopes.All(catalogue);
        using var acting = Acting.ByClock("FirstAdministratorKey", time);
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<ApiKey>(Id, cancellationToken) is { } known)
        {
            await KeepAbleAsync(session, known, scopes, cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        var (key, secret) = ApiKey.Create(Id, ClientId, scopes, now);
        try
        {
            session.Create(Administrator(scopes, now));
            session.Create(key);
            await session.SaveChangesAsync(cancellationToken);
            announcements.Say(Language.Choose($"Clé d'administration (affichée une seule fois) : {secret}", $"Administrator key (shown this once): {secret}"));
        }
        catch (DocumentAlreadyExistsException)
        {
            // Another host was faster, and has told its key
        }
    }

    // A release may bring scopes, or clients, that this key was made without
    private static async Task KeepAbleAsync(IDocumentSession session, ApiKey known, ImmutableArray<string> scopes, CancellationToken token)
    {
        var client = await session.LoadAsync<Client>(ClientId, token);
        if (client is not null && known.Scopes.SequenceEqual(scopes) && client.Scopes.SequenceEqual(scopes))
        {
            return;
        }

        try
        {
            if (client is null)
            {
                session.Create(Administrator(scopes, known.CreatedAt));
            }
            else
            {
                session.Change(client, client with { Scopes = scopes });
            }

            session.Change(known, known with { Scopes = scopes });
            await session.SaveChangesAsync(token);
        }
        catch (Exception clash) when (clash is ConcurrencyException or DocumentAlreadyExistsException)
        {
            // Another host of this release was faster
        }
    }

    private static Client Administrator(ImmutableArray<string> scopes, DateTimeOffset now) => new()
    {
        Id = ClientId, Name = "administrator", Kind = ClientKind.Staff, Scopes = scopes, CreatedAt = now,
    };

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
