using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>A candidature has moved, or left: what belongs to another stage of it waits for nobody.</summary>
public sealed record SettleSelection(Guid CandidatureId);

/// <summary>Of what belongs to a candidature, the newest of its present stage waits, and nothing else does; a correction brings it back.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class SettleSelectionHandler
{
    public static Task Handle(MailCandidateStage message, IDocumentSession session, CancellationToken cancellationToken) =>
        SettleAsync(message.CandidatureId, session, cancellationToken);

    public static async Task Handle(InterviewProposed message, IDocumentSession session, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Interview>(message.InterviewId, cancellationToken) is { } interview)
        {
            await SettleAsync(interview.CandidatureId, session, cancellationToken);
        }
    }

    public static Task Handle(SettleSelection message, IDocumentSession session, CancellationToken cancellationToken) =>
        SettleAsync(message.CandidatureId, session, cancellationToken);

    private static async Task SettleAsync(Guid id, IDocumentSession session, CancellationToken cancellationToken)
    {
        var stage = await session.LoadAsync<GerantCandidature>(id, cancellationToken) is { DeletedAt: null } candidature ? candidature.Stage : (GerantStage?)null;
        await SettleAsync(session.Query<Interview>().OfCandidature(id), stage == GerantStage.Interview, (interview, settled) => interview with { Settled = settled });
        await SettleAsync(session.Query<Immersion>().OfCandidature(id), stage == GerantStage.Immersion, (immersion, settled) => immersion with { Settled = settled });
        await SettleAsync(session.Query<Presentation>().OfCandidature(id), stage == GerantStage.Presented, (presentation, settled) => presentation with { Settled = settled });
        await SettleAsync(session.Query<Scorecard>().OfCandidature(id), stage < GerantStage.Retained, (card, settled) => card with { Settled = settled });

        async Task SettleAsync<T>(IQueryable<T> documents, bool waits, Func<T, bool, T> settle)
            where T : WaitingDocument
        {
            var found = await documents.OrderBy(document => document.Id).ToListAsync(cancellationToken);
            for (var index = 0; index < found.Count; index++)
            {
                session.Change(found[index], settle(found[index], !waits || index < found.Count - 1));
            }
        }
    }
}
