using System.Collections.Concurrent;
using Marten;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Access.Tokens;

namespace MilleCafes.Host.Access;

/// <summary>Knows the holders of keys and tokens; asks the store again so soon that a revocation counts within a second on every node.</summary>
internal sealed class KeyDirectory(IAccessStore store, TimeProvider time)
{
    private const int MostKnown = 10_000;

    // Half of the second within which a revocation is promised; the rest is for the question itself
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    // Apart, so that a flood of secrets that open nothing drives out none that does
    private readonly ConcurrentDictionary<string, Reading> opening = new();
    private readonly ConcurrentDictionary<string, Reading> others = new();
    private ConcurrentDictionary<Guid, DateTimeOffset> uses = new();

    /// <summary>The last use of each key since the last call.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> TakeUses() => Interlocked.Exchange(ref uses, new());

    public void NoteUse(Guid key, DateTimeOffset at)
    {
        ConcurrentDictionary<Guid, DateTimeOffset> current;
        do
        {
            current = Volatile.Read(ref uses);
            current.AddOrUpdate(key, at, (_, known) => known > at ? known : at);
        }
        while (current != Volatile.Read(ref uses));
    }

    /// <param name="mayAsk">Asked before the store is, for a secret that has opened nothing so far; without it the store always is.</param>
    /// <returns>Null when the store was not to be asked.</returns>
    public async Task<Recognition?> FindAsync(string secret, Func<bool>? mayAsk = null)
    {
        var hash = ApiKey.HashOf(secret);
        var known = opening.TryGetValue(hash, out var reading);
        if (!(known || others.TryGetValue(hash, out reading)) || !IsFresh(reading!))
        {
            if (!known && mayAsk?.Invoke() is false)
            {
                return null;
            }

            reading = new(time.GetTimestamp(), new(() => ReadAsync(secret, hash)));
            Keep(known ? opening : others, hash, reading);
        }

        try
        {
            var found = await reading!.Found.Value;
            Sort(hash, reading, found);
            return found;
        }
        catch
        {
            // A database that is away is asked again by the next request
            others.TryRemove(hash, out _);
            throw;
        }
    }

    private bool IsFresh(Reading reading) => time.GetElapsedTime(reading.At) <= Freshness && reading.Found is not { IsValueCreated: true, Value.IsFaulted: true };

    private void Sort(string hash, Reading reading, Recognition found)
    {
        switch (found)
        {
            case { State: KeyState.Opens, Key: { } key }:
                NoteUse(key.Id, time.GetUtcNow());
                if (others.ContainsKey(hash))
                {
                    Keep(opening, hash, reading);
                    others.TryRemove(hash, out _);
                }

                break;
            case { State: KeyState.Unknown }:
                opening.TryRemove(hash, out _);
                if (!others.ContainsKey(hash))
                {
                    Keep(others, hash, reading);
                }

                break;
            default:
                // What was closed can be opened again, and then opens at once
                opening.TryRemove(hash, out _);
                others.TryRemove(hash, out _);
                break;
        }
    }

    private void Keep(ConcurrentDictionary<string, Reading> readings, string hash, Reading reading)
    {
        if (readings.Count >= MostKnown)
        {
            foreach (var stale in readings.Where(one => !IsFresh(one.Value)))
            {
                readings.TryRemove(stale);
            }

            // Else the next ones would look through as many again
            if (readings.Count > MostKnown / 2)
            {
                readings.Clear();
            }
        }

        readings[hash] = reading;
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

    /// <summary>A question to the store, shared by all who ask the same until it is too old.</summary>
    private sealed record Reading(long At, Lazy<Task<Recognition>> Found);
}
