using Marten;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>What follows from the state of a document is to be stored with it, where an earlier version did not know of it.</summary>
public sealed record DeriveMembers;

/// <summary>Stores such documents again as they are, some at once, until there are none.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class DeriveMembersHandler
{
    private const int AtOnce = 200;

    public static async Task<DeriveMembers?> Handle(DeriveMembers message, IDocumentSession session, CancellationToken cancellationToken)
    {
        var stored = await StoreAsync<CommuneCandidature>() + await StoreAsync<CafeCandidature>() + await StoreAsync<GeranceOffer>() + await StoreAsync<GerantCandidature>()
            + await StoreAsync<Interview>() + await StoreAsync<Scorecard>() + await StoreAsync<Immersion>() + await StoreAsync<Presentation>();
        return stored > 0 ? message : null;

        async Task<int> StoreAsync<T>()
            where T : WaitingDocument
        {
            var documents = await session.Query<T>().Where(document => document.DerivedVersion == null).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var document in documents)
            {
                session.UpdateNext(document);
            }

            return documents.Count;
        }
    }
}
