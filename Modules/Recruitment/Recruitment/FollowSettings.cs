using System.Linq.Expressions;
using Marten;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Recruitment;

/// <summary>At each start, ranks and files by the settings in force what was stored under others.</summary>
/// <remarks>Each question is one that an index answers in its own order, so that a start at which nothing is to be done reads no document.</remarks>
internal sealed class FollowSettings(IRecruitmentStore store, PriorityWeights weights, Antennes antennes, CommuneRegistry communes, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var acting = Acting.ByClock(nameof(FollowSettings), time);
        var (by, wrong) = (weights.Key, Filing.Wrong(communes, antennes));
        await RankAsync(candidature => candidature.RankedBy < by, cancellationToken);
        await RankAsync(candidature => candidature.RankedBy > by, cancellationToken);
        await store.ChangeAllAsync(
            session => session.Query<CommuneCandidature>().Where(candidature => candidature.FiledUnder!.IsOneOf(wrong)).OrderBy(candidature => candidature.FiledUnder),
            candidature => (candidature, candidature.File(antennes)), cancellationToken);
        await store.ChangeAllAsync(
            session => session.Query<GerantCandidature>().Where(candidature => candidature.FiledUnder!.IsOneOf(wrong)).OrderBy(candidature => candidature.FiledUnder),
            candidature => (candidature, candidature.File(antennes)), cancellationToken,
            (session, filed) => FileAlongAsync(session, filed, cancellationToken));
    }

    private Task RankAsync(Expression<Func<CommuneCandidature, bool>> otherwise, CancellationToken token) => store.ChangeAllAsync(
        session => session.Query<CommuneCandidature>().Where(otherwise).OrderBy(candidature => candidature.RankedBy),
        candidature => (candidature, candidature.Rank(weights, time.GetUtcNow())), token);

    // What belongs to a candidature is filed where it is, whoever chose
    private static async Task FileAlongAsync(IDocumentSession session, IReadOnlyList<GerantCandidature> candidatures, CancellationToken token)
    {
        var of = candidatures.ToDictionary(candidature => candidature.Id);
        IList<Guid> ids = [.. of.Keys];
        await AllAsync(session.Query<Interview>().Where(one => one.CandidatureId.IsOneOf(ids)), one => one.Follow(of[one.CandidatureId]));
        await AllAsync(session.Query<Scorecard>().Where(one => one.CandidatureId.IsOneOf(ids)), one => one.Follow(of[one.CandidatureId]));
        await AllAsync(session.Query<Immersion>().Where(one => one.CandidatureId.IsOneOf(ids)), one => one.Follow(of[one.CandidatureId]));

        async Task AllAsync<T>(IQueryable<T> documents, Func<T, T> follow)
            where T : WaitingDocument
        {
            foreach (var document in await documents.ToListAsync(token))
            {
                session.Change(document, follow(document));
            }
        }
    }
}
