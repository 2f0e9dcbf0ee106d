using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Acts on a candidature, be it merged: then they are refused by what became of it.</summary>
internal static class CandidatureSessions
{
    /// <summary>The whole of an act on one candidature, by its decision; see <see cref="ModuleSession{TStore}"/>.</summary>
    public static async Task<Result<GerantCandidature>> ActAsync(
        this ModuleSession<IRecruitmentStore> session, Guid id, Func<GerantCandidature, Result<GerantCandidature>> decide, CancellationToken token,
        Func<GerantCandidature, object?>? publish = null, Error? onDuplicate = null, Func<GerantCandidature, GerantCandidature, IEnumerable<object>>? news = null,
        Func<GerantCandidature, IDocumentSession, Task<IReadOnlyList<object>>>? along = null)
    {
        var done = await session.DecideAsync(id, GerantCandidatureErrors.Unknown, decide, token, publish, onDuplicate, news, along);
        return done.Error == GerantCandidatureErrors.Unknown ? await session.MissingAsync(id, token) : done;
    }

    /// <summary>Why there is none to act on.</summary>
    public static async Task<Error> MissingAsync(this ModuleSession<IRecruitmentStore> session, Guid id, CancellationToken token) =>
        await session.LoadEndedAsync<GerantCandidature>(id, token) is { MergedInto: not null, ErasedAt: null } ? GerantCandidatureErrors.Merged : GerantCandidatureErrors.Unknown;
}
