using System.Collections.Immutable;
using JasperFx;
using Marten;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Each start makes sure that some key can manage access: when none can, as on an empty database, it makes one and tells it once.</summary>
internal sealed class FirstAdministratorKey(IAccessStore store, ModuleCatalogue catalogue, Announcements announcements, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>The id is fixed so that of two hosts starting at once one makes the key: each has to write this client first.</summary>
    public static readonly Guid ClientId = Guid.Parse("00000000-0000-7000-8000-000000000002");

    private const int MostAttempts = 20;

    /// <summary>The first key of releases that did not write down which scopes they knew; it then had them all.</summary>
    private static readonly Guid FirstId = Guid.Parse("00000000-0000-7000-8000-000000000001");

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        using var acting = Acting.ByClock("FirstAdministratorKey", time);
        // A clash means that another host was faster: what it left is looked at anew
        for (var attempt = 0; attempt < MostAttempts && !await TrySettleAsync(cancellationToken); attempt++)
        {
        }
    }

    private async Task<bool> TrySettleAsync(CancellationToken token)
    {
        var (scopes, now) = (Scopes.All(catalogue), time.GetUtcNow());
        await using var session = store.LightweightSession();
        // Read before the keys, so that a key made since is seen, or clashes
        if (await session.LoadAsync<Client>(ClientId, token) is not { } client)
        {
            session.Create(new Client { Id = ClientId, Name = "administrator", Kind = ClientKind.Staff, Scopes = scopes, CreatedAt = now });
            await TrySaveAsync(session, token);
            return false;
        }

        var known = client.KnownScopes ?? (await session.LoadAsync<ApiKey>(FirstId, token))?.Scopes ?? scopes;
        ImmutableArray<string> added = [.. scopes.Except(known)];
        var locked = !await CanAnyKeyManageAsync(session, now, token);
        if (!locked && added.IsEmpty && client.KnownScopes is not null)
        {
            return true;
        }

        var next = client with { Scopes = [.. client.Scopes.Union(added)], KnownScopes = [.. known, .. added] };
        var (key, secret) = ApiKey.Create(Guid.CreateVersion7(now), ClientId, scopes, now);
        session.Change(client, locked ? next.Reopen(key.Id) : next);
        await WidenAsync(session, known, added, token);
        if (locked)
        {
            session.Create(key);
        }

        if (!await TrySaveAsync(session, token))
        {
            return false;
        }

        if (locked)
        {
            announcements.Say(Language.Choose($"Clé d'administration (affichée une seule fois) : {secret}", $"Administrator key (shown this once): {secret}"));
        }

        return true;
    }

    private static async Task<bool> CanAnyKeyManageAsync(IDocumentSession session, DateTimeOffset now, CancellationToken token)
    {
        var staff = await session.Query<Client>().Where(client => client.Kind == ClientKind.Staff && client.DisabledAt == null && client.DeletedAt == null).ToListAsync(token);
        var managers = staff.Where(client => client.Scopes.Contains(Scopes.AccessManage)).Select(client => client.Id).ToArray();
        var keys = await session.Query<ApiKey>().Where(key => key.RevokedAt == null && key.ClientId.IsOneOf(managers)).ToListAsync(token);
        return keys.Any(key => key.OpensAt(now) && key.Scopes.Contains(Scopes.AccessManage));
    }

    // A key that had all there was gets what a release brings; one that was given less on purpose does not
    private static async Task WidenAsync(IDocumentSession session, ImmutableArray<string> known, ImmutableArray<string> added, CancellationToken token)
    {
        if (added.IsEmpty)
        {
            return;
        }

        foreach (var key in await session.Query<ApiKey>().Where(key => key.ClientId == ClientId && key.RevokedAt == null).ToListAsync(token))
        {
            if (!known.Except(key.Scopes).Any())
            {
                session.Change(key, key with { Scopes = [.. key.Scopes.Union(added)] });
            }
        }
    }

    private static async Task<bool> TrySaveAsync(IDocumentSession session, CancellationToken token)
    {
        try
        {
            await session.SaveChangesAsync(token);
            return true;
        }
        catch (Exception clash) when (clash is ConcurrencyException or DocumentAlreadyExistsException)
        {
            return false;
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
