namespace MilleCafes.Recruitment.Presentations;

internal static class PresentationQueries
{
    /// <summary>All that go with a candidature, when it is merged or forgotten.</summary>
    public static IQueryable<Presentation> OfCandidature(this IQueryable<Presentation> presentations, Guid candidatureId) => presentations.Where(presentation => presentation.CandidatureId == candidatureId);
}
