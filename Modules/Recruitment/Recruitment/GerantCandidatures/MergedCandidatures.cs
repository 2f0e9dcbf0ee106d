using Marten;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What became of candidatures that are one person's.</summary>
/// <remarks>By a session of its own: whoever has a link to one, or sent one, need not be allowed to see the other.</remarks>
internal sealed class MergedCandidatures(IRecruitmentStore store)
{
    /// <summary>The candidature that this one became part of, however often that happened; itself when it is part of none.</summary>
    public async Task<GerantCandidature?> SurvivorOfAsync(Guid id, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.SurvivorOfAsync(id, token);
    }
}

/// <summary>The same for message handlers, which have a session.</summary>
internal static class Survivors
{
    public static async Task<GerantCandidature?> SurvivorOfAsync(this IQuerySession session, Guid id, CancellationToken token)
    {
        var found = await session.LoadAsync<GerantCandidature>(id, token);
        while (found?.MergedInto is { } survivor)
        {
            found = await session.LoadAsync<GerantCandidature>(survivor, token);
        }

        return found;
    }
}
