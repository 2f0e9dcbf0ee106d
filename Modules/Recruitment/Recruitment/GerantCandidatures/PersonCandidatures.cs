using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The candidatures of one person, by the addresses that are theirs.</summary>
/// <remarks>By a session of its own: whoever asks, or follows a link, may see one of them at most.</remarks>
internal sealed class PersonCandidatures(IRecruitmentStore store)
{
    /// <summary>All that go on and that somebody with this address sent, be it part of another now.</summary>
    public async Task<IReadOnlyList<GerantCandidature>> OfAddressAsync(string emailKey, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.OfAddressAsync(emailKey, token);
    }

    /// <summary>The latest that somebody with this address stands by, or stood by before it became part of another; null when there is none.</summary>
    public async Task<Guid?> LatestAsync(string emailKey, CancellationToken token) =>
        (await OfAddressAsync(emailKey, token)).Select(one => one.StoodByAt(emailKey)).Max();

    /// <summary>One candidature, then all others of the same person: an address of each is one of another's.</summary>
    public async Task<IReadOnlyList<Guid>> AllWithAsync(Guid id, CancellationToken token)
    {
        await using var session = store.QuerySession();
        var found = await session.LoadAsync<GerantCandidature>(id, token);
        var (all, keys) = (new List<Guid> { id }, (found?.AddressKeys ?? []).ToList());
        for (var next = 0; next < keys.Count; next++)
        {
            foreach (var one in await session.OfAddressAsync(keys[next], token))
            {
                all.AddRange(all.Contains(one.Id) ? [] : [one.Id]);
                keys.AddRange(one.AddressKeys.Except(keys));
            }
        }

        return all;
    }
}

/// <summary>The same for whoever has a session.</summary>
internal static class PersonQueries
{
    private const int MostDuplicates = 20;

    public static async Task<IReadOnlyList<GerantCandidature>> OfAddressAsync(this IQuerySession session, string emailKey, CancellationToken token)
    {
        var now = await session.Query<GerantCandidature>().Where(one => one.EmailKey == emailKey && one.DeletedAt == null).OrderBy(one => one.Id).ToListAsync(token);
        var before = await session.Query<GerantCandidature>().Where(one => one.FormerKeys.Contains(emailKey) && one.DeletedAt == null).ToListAsync(token);
        return [.. now, .. before.Where(one => one.AddressKeys.Contains(emailKey)).OrderBy(one => one.Id)];
    }

    /// <summary>Others that have an address or a number of this one, or had: for the team, which judges whether they are of one person.</summary>
    public static async Task<IReadOnlyList<Guid>> DuplicatesOfAsync(this ModuleSession<IRecruitmentStore> session, GerantCandidature candidature, CancellationToken token)
    {
        var (id, others) = (candidature.Id, new SortedSet<Guid>());
        foreach (var key in candidature.ContactKeysOfPerson)
        {
            // One index each: together they would be one question that none answers
            var all = session.Query<GerantCandidature>().Where(other => other.Id != id);
            others.UnionWith(await FirstAsync(key.Contains('@') ? all.Where(other => other.EmailKey == key) : all.Where(other => other.PhoneKey == key), token));
            others.UnionWith(await FirstAsync(all.Where(other => other.FormerKeys.Contains(key)), token));
        }

        return [.. others.Take(MostDuplicates)];
    }

    private static Task<IReadOnlyList<Guid>> FirstAsync(IQueryable<GerantCandidature> some, CancellationToken token) =>
        some.OrderBy(one => one.Id).Take(MostDuplicates).Select(one => one.Id).ToListAsync(token);
}
