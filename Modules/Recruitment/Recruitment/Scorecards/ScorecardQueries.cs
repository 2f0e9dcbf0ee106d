namespace MilleCafes.Recruitment.Scorecards;

internal static class ScorecardQueries
{
    /// <summary>All that go with a candidature, when it is merged or forgotten.</summary>
    public static IQueryable<Scorecard> OfCandidature(this IQueryable<Scorecard> cards, Guid candidatureId) => cards.Where(card => card.CandidatureId == candidatureId);
}
