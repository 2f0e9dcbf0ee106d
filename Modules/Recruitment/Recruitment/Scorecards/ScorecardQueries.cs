using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Scorecards;

internal static class ScorecardQueries
{
    /// <summary>All that go with a candidature, when it is merged or forgotten.</summary>
    public static IQueryable<Scorecard> OfCandidature(this IQueryable<Scorecard> cards, Guid candidatureId) => cards.Where(card => card.CandidatureId == candidatureId);

    /// <summary>The client that observes as such, and the kind that it has to be of.</summary>
    public static NamedClient Client(this ObserverRole role, Guid id, string pointer = "/clientId") => new(
        id,
        role switch
        {
            ObserverRole.Staff => HolderKind.Staff,
            ObserverRole.Mairie => HolderKind.Mairie,
            ObserverRole.Partner => HolderKind.Partner,
            _ => HolderKind.Gerant,
        },
        pointer);

    /// <summary>A scorecard as one reader may see it, with who of its observers can still answer.</summary>
    public static async Task<ScorecardView> ViewAsync(this ModuleSession<IRecruitmentStore> session, Scorecard card, Holder reader, CancellationToken token) =>
        ScorecardView.For(card, reader.ClientId, await session.EnabledAsync(card.ObserverClients, token), reader.IsStaff);

    /// <summary>The same of what was decided; a refusal passes through.</summary>
    public static async Task<Result<ScorecardView>> ViewAsync(this ModuleSession<IRecruitmentStore> session, Result<Scorecard> decision, Holder reader, CancellationToken token) =>
        decision.IsRefused(out var refused) ? refused : await session.ViewAsync(decision.Value, reader, token);
}
