namespace MilleCafes.Recruitment.Immersions;

internal static class ImmersionQueries
{
    /// <summary>All that go with a candidature, when it is merged or forgotten.</summary>
    public static IQueryable<Immersion> OfCandidature(this IQueryable<Immersion> immersions, Guid candidatureId) => immersions.Where(immersion => immersion.CandidatureId == candidatureId);
}
