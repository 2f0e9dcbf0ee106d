using Marten;
using MilleCafes.Events.Contracts;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>Whoever went through the initial training is trained, once.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class TrainGerantOnTrainingCompletedHandler
{
    public static async Task<MailCandidateStage?> Handle(TrainingCompleted message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await session.SurvivorOfAsync(message.CandidatureId, cancellationToken) is not { DeletedAt: null } candidature)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var trained = candidature.CompleteTraining(message.SessionId, message.CompletedAt, now);
        session.Change(candidature, trained);
        await session.FollowAsync(new(trained, null, now), cancellationToken);
        return trained.Stage == candidature.Stage ? null : new(candidature.Id, now);
    }
}
