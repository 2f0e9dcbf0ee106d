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
        // Read before the candidature: what belongs to a stage is then never older than the stage that it is judged by
        var interviews = await session.Query<Interview>().OfCandidature(id).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var immersions = await session.Query<Immersion>().OfCandidature(id).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var presentations = await session.Query<Presentation>().OfCandidature(id).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var cards = await session.Query<Scorecard>().OfCandidature(id).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var stage = await session.LoadAsync<GerantCandidature>(id, cancellationToken) is { DeletedAt: null } candidature ? candidature.Stage : (GerantStage?)null;
        Settle(session, interviews, stage == GerantStage.Interview, (interview, settled) => interview with { Settled = settled });
        Settle(session, immersions, stage == GerantStage.Immersion, (immersion, settled) => immersion with { Settled = settled });
        Settle(session, presentations, stage == GerantStage.Presented, (presentation, settled) => presentation with { Settled = settled });
        Settle(session, cards, stage < GerantStage.Retained, (card, settled) => card with { Settled = settled });
    }

    private static void Settle<T>(IDocumentSession session, IReadOnlyList<T> documents, bool waits, Func<T, bool, T> settle)
        where T : WaitingDocument
    {
        for (var index = 0; index < documents.Count; index++)
        {
            session.Change(documents[index], settle(documents[index], !waits || index < documents.Count - 1));
        }
    }
}
