using MilleCafes.Recruitment.Waiting;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Whom or what a candidature waits for, since when, and until which day.</summary>
internal sealed record CandidatureTurn(CandidatureWait For, DateTimeOffset? Since = null, DateOnly? Until = null);

/// <summary>Whose turn it is.</summary>
internal sealed partial record CommuneCandidature
{
    public CandidatureWait WaitingFor => Turn(withOpinions: true).For;

    /// <summary>The same as the mairie is told it.</summary>
    public CandidatureWait ToldWaitingFor => Turn(withOpinions: false).For;

    /// <summary>The same as <see cref="WaitingFor"/>, in the words of all that waits.</summary>
    public override Wait? Wait => Turn(withOpinions: true) switch
    {
        { For: CandidatureWait.Mairie, Since: { } since, Until: var until } => new(Waiting.WaitingFor.Corrections, WaitingOn.Mairie, since, until),
        { For: CandidatureWait.Opinion, Since: { } since, Until: var until } => new(Waiting.WaitingFor.Opinion, WaitingOn.Opinion, since, until),
        { For: CandidatureWait.Visit, Since: { } since, Until: var until } => new(Waiting.WaitingFor.Visit, WaitingOn.Team, since, until),
        { For: CandidatureWait.Team, Since: { } since } => new(Waiting.WaitingFor.Decision, WaitingOn.Team, since),
        _ => null,
    };

    /// <param name="withOpinions">Whether for the team: without them, it reads as if nobody had been asked.</param>
    public CandidatureTurn Turn(bool withOpinions) => this switch
    {
        { Status: not CommuneCandidatureStatus.Submitted } => new(CandidatureWait.Nobody),
        { PendingCorrection: { } asked } => new(CandidatureWait.Mairie, asked.AskedAt, asked.DueOn),
        { PendingOpinions: [_, ..] asked } when withOpinions => new(CandidatureWait.Opinion, asked.Min(opinion => opinion.AskedAt), asked.Min(opinion => opinion.DueOn)),
        { PendingVisit: { } planned } => new(CandidatureWait.Visit, planned.PlannedAt, planned.PlannedOn),
        _ => new(CandidatureWait.Team, History.FindLast(done => done.GivesTurnBack && (withOpinions || !done.IsInternal))!.At),
    };
}
