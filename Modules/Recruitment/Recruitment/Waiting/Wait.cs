namespace MilleCafes.Recruitment.Waiting;

/// <summary>Who has to do something before it goes on.</summary>
internal enum WaitingOn
{
    Team,
    Mairie,
    Candidate,
    Observer,
    HostCafe,

    /// <summary>Somebody who was asked what they think.</summary>
    Opinion,

    /// <summary>Events, which trains whoever is retained.</summary>
    Training,
}

/// <summary>What is to be done.</summary>
internal enum WaitingFor
{
    Decision,
    Corrections,
    Opinion,
    Visit,
    Publication,
    Study,
    InterviewProposal,
    SlotChoice,
    InterviewReport,
    ImmersionBooking,
    HostFeedback,
    CandidateFeedback,
    Presentation,
    Observations,
    AnotherObserver,
    MairieAnswer,

    /// <summary>The mairie said no: the team goes elsewhere with the candidate, or refuses them.</summary>
    DecisionAfterNo,
    Selection,

    /// <summary>The mairie said yes, and the offer can no longer be had.</summary>
    AnotherOffer,
    Training,
    Installation,
}

/// <summary>What holds something up.</summary>
/// <param name="Since">It may lie ahead, as the end of an interview: until then, nobody waits.</param>
/// <param name="Until">The day that was set for it; null when none was.</param>
internal sealed record Wait(WaitingFor For, WaitingOn On, DateTimeOffset Since, DateOnly? Until = null);
