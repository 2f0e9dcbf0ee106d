using Marten;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What is known of an address: the public asks, and no answer ever tells.</summary>
/// <remarks>By a session of its own: whoever sends the form may see nothing of this.</remarks>
internal sealed class PendingCandidatures(IRecruitmentStore store)
{
    /// <summary>The one that waits for the same person and the same offer.</summary>
    public async Task<Guid?> FindAsync(string emailKey, Guid? offer, CancellationToken token)
    {
        await using var session = store.QuerySession();
        var key = GerantCandidature.PendingKeyOf(emailKey, offer);
        return await session.Query<GerantCandidature>().Where(one => one.PendingKey == key).FirstOrDefaultAsync(token) is { } pending ? pending.Id : null;
    }

    /// <summary>How many wait for this address.</summary>
    public async Task<int> CountAsync(string emailKey, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.Query<GerantCandidature>().Where(one => one.EmailKey == emailKey && one.ConfirmBefore != null).CountAsync(token);
    }

    /// <summary>Whether somebody is retained for this offer.</summary>
    public async Task<bool> IsReservedAsync(Guid offer, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.Query<GerantCandidature>().Where(one => one.HeldOfferId == offer).AnyAsync(token);
    }
}
