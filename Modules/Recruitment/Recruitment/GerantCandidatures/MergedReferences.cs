using Marten;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What else speaks of a candidature that became part of another: each document of the module that names one by its id is named here.</summary>
internal static class MergedReferences
{
    /// <summary>Makes them name the one that stays, in the transaction of the merge.</summary>
    public static async Task RepointAsync(ModuleSession<IRecruitmentStore> session, Guid from, Guid into, CancellationToken token)
    {
        await FollowAsync(session, session.Query<Scorecard>().OfCandidature(from), card => card.Follow(into), token);
        await FollowAsync(session, session.Query<Interview>().OfCandidature(from), interview => interview.Follow(into), token);
        await FollowAsync(session, session.Query<Immersion>().OfCandidature(from), immersion => immersion.Follow(into), token);
        await FollowAsync(session, session.Query<Presentation>().OfCandidature(from), presentation => presentation.Follow(into), token);
    }

    private static async Task FollowAsync<T>(ModuleSession<IRecruitmentStore> session, IQueryable<T> documents, Func<T, T> follow, CancellationToken token)
        where T : Document, IVisible<T>
    {
        foreach (var found in await documents.ToListAsync(token))
        {
            // Through the session, so that the audit knows what was there before
            if (await session.LoadAsync<T>(found.Id, token) is { } document)
            {
                session.Update(follow(document));
            }
        }
    }
}
