namespace MilleCafes.Recruitment.Interviews;

internal static class InterviewQueries
{
    /// <summary>All that go with a candidature, when it is merged or forgotten.</summary>
    public static IQueryable<Interview> OfCandidature(this IQueryable<Interview> interviews, Guid candidatureId) => interviews.Where(interview => interview.CandidatureId == candidatureId);
}
