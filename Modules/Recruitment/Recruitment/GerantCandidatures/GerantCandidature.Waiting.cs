using MilleCafes.Recruitment.Waiting;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What a candidature waits for by itself; from the interview to the mairie, what belongs to it does.</summary>
internal sealed partial record GerantCandidature
{
    public override Wait? Wait => ConfirmedAt is not { } confirmed ? null : Stage switch
    {
        GerantStage.Received => new(WaitingFor.Study, WaitingOn.Team, confirmed > StageSince ? confirmed : StageSince),
        GerantStage.Studied => new(WaitingFor.InterviewProposal, WaitingOn.Team, StageSince),
        // Trained before they were retained: no session is to come
        GerantStage.Retained when Training is not null => new(WaitingFor.Training, WaitingOn.Team, StageSince),
        GerantStage.Retained => new(WaitingFor.Training, WaitingOn.Training, StageSince),
        GerantStage.Trained => new(WaitingFor.Installation, WaitingOn.Team, StageSince),
        _ => null,
    };
}
