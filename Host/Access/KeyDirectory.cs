using System.Collections.Concurrent;
using Marten;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Access.Tokens;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>What became of a key or token.</summary>
internal enum KeyState
{
    Opens,
    Unknown,
    Expired,
    Revoked,
    ClientDisabled,
}

/// <summary>What a secret opens: its holder and key, when it opens anything.</summary>
internal sealed record Recognition(KeyState State, Holder? Holder = null, ApiKey? Key = null);

/// <summary>Knows the holders of keys and tokens; asks the store again so soon that a revocation counts within a second on every node.</summary>
internal sealed class KeyDirectory(IAccessStore store, TimeProvider time)
{
    private const int MostKnown = 10_000;

    // Half of the second within which a revocation is promised; the rest is for the question itself
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, (long ReadAt, Lazy<Task<Recognition>> Found)> known = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> uses = new();

    /// <summary>The last use of each key since the last call.</summary>
    public IReadOnlyList<KeyUse> TakeUses() => [.. uses.Keys.ToList().Where(key => uses.ContainsKey(key)).Select(key => uses.TryRemove(key, out var at) ? new KeyUse(key, at) : null).OfType<KeyUse>()];

    public async Task<Recognition> FindAsync(string secret)
    {
        var hash = ApiKey.HashOf(secret);
        if (!known.TryGetValue(hash, out var entry) || time.GetElapsedTime(entry.ReadAt) > Freshness)
        {
            entry = (time.GetTimestamp(), new(() => ReadAsync(secret, hash)));
            if (known.Count >= MostKnown)
            {
                known.Clear();
            }

            known[hash] = entry;
        }

        try
        {
            var found = await entry.Found.Value;
            if (found is { Key: { } key, Holder: not null })
            {
                uses[key.Id] = time.GetUtcNow();
            }
            else
            {
                known.TryRemove(hash, out _);
            }

            return found;
        }
        catch
        {
            // A database that is away is asked again by the next request
            known.TryRemove(hash, out _);
            throw;
        }
    }

    private async Task<Recognition> ReadAsync(string secret, string hash)
    {
        var now = time.GetUtcNow();
        await using var session = store.QuerySession();
        var token = secret.StartsWith(AccessToken.Mark, StringComparison.Ordinal)
            ? await session.Query<AccessToken>().SingleOrDefaultAsync(one => one.Hash == hash)
            : null;
        if (token?.ExpiresAt <= now)
        {
            return new(KeyState.Expired);
        }

        var key = token is null
            ? await session.Query<ApiKey>().SingleOrDefaultAsync(one => one.Hash == hash)
            : await session.LoadAsync<ApiKey>(token.KeyId);
        return key switch
        {
            null => new(KeyState.Unknown),
            { RevokedAt: not null } => new(KeyState.Revoked),
            _ when !key.OpensAt(now) => new(KeyState.Expired),
            _ => await session.LoadAsync<Client>(key.ClientId) switch
            {
                { DisabledAt: null, DeletedAt: null } client => new(KeyState.Opens, client.Holding(key.Id, token?.Scopes ?? key.Scopes), key),
                null => new(KeyState.Unknown),
                _ => new(KeyState.ClientDisabled),
            },
        };
    }
}
