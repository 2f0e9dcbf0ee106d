using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

internal static class InterviewQueries
{
    /// <summary>All that go with a candidature, when it is merged or forgotten.</summary>
    public static IQueryable<Interview> OfCandidature(this IQueryable<Interview> interviews, Guid candidatureId) => interviews.Where(interview => interview.CandidatureId == candidatureId);

    /// <summary>Whether the candidature of an interview has left the path: nothing more is agreed then; if not, it does not leave it meanwhile.</summary>
    public static async Task<bool> HasLeftAsync(this ModuleSession<IRecruitmentStore> session, Guid interviewId, CancellationToken token)
    {
        if (await session.LoadAsync<Interview>(interviewId, token) is not { } interview)
        {
            return false;
        }

        if (await session.LoadAsync<GerantCandidature>(interview.CandidatureId, token) is not { } candidature || !candidature.Stage.IsOnPath())
        {
            return true;
        }

        session.Claim(candidature);
        return false;
    }
}
