using MilleCafes.Recruitment.Waiting;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>The same as <see cref="WaitingFor"/>, in the words of all that waits.</summary>
internal sealed partial record CommuneCandidature
{
    public override Wait? Wait => WaitingFor switch
    {
        CandidatureWait.Mairie => new(Waiting.WaitingFor.Corrections, WaitingOn.Mairie, WaitingSince!.Value),
        CandidatureWait.Opinion => new(Waiting.WaitingFor.Opinion, WaitingOn.Opinion, WaitingSince!.Value),
        CandidatureWait.Visit => new(Waiting.WaitingFor.Visit, WaitingOn.Team, WaitingSince!.Value),
        CandidatureWait.Team => new(Waiting.WaitingFor.Decision, WaitingOn.Team, WaitingSince!.Value),
        _ => null,
    };
}
