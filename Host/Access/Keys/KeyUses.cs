using System.Text.Json;

namespace MilleCafes.Host.Access.Keys;

/// <summary>When a key was last used; apart from the key, which it does not change.</summary>
internal sealed record KeyUse(Guid Id, DateTimeOffset LastUsedAt);

/// <summary>Reads and writes the last use of keys.</summary>
internal static class KeyUses
{
    // A node that writes later may have seen an earlier use
    private const string WriteLater = """
        insert into access.mt_doc_keyuse as known (id, data, mt_dotnet_type) values (?, ?::jsonb, 'KeyUse')
        on conflict (id) do update set data = excluded.data, mt_version = known.mt_version + 1, mt_last_modified = now()
        where (known.data ->> 'lastUsedAt')::timestamptz < (excluded.data ->> 'lastUsedAt')::timestamptz
        """;

    public static async Task<KeyUse?> LastUseAsync(this IAccessStore store, Guid key, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<KeyUse>(key, token);
    }

    /// <summary>Stores these uses, but for those that a later one is known of.</summary>
    public static async Task WriteAsync(this IAccessStore store, IEnumerable<KeyValuePair<Guid, DateTimeOffset>> uses, CancellationToken token)
    {
        await using var session = store.LightweightSession();
        // In one order on every node, so that none waits for another that waits for it
        foreach (var (key, at) in uses.OrderBy(use => use.Key))
        {
            session.QueueSqlCommand(WriteLater, key, JsonSerializer.Serialize(new KeyUse(key, at), JsonSerializerOptions.Web));
        }

        await session.SaveChangesAsync(token);
    }
}
