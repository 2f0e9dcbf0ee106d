namespace MilleCafes.Tour;

internal enum OutcomeKind
{
    /// <summary>The candidature was accepted; what came of it is counted apart.</summary>
    Accepted,

    /// <summary>The registry knows no such commune: the row is told with the closest names, and nothing is submitted.</summary>
    Reported,

    /// <summary>A project of an earlier run, or of real life, is there: nothing is submitted.</summary>
    AlreadyOpened,

    /// <summary>Somebody else's candidature of the commune awaits an answer.</summary>
    AlreadyOpen,

    /// <summary>The API said no.</summary>
    Refused,
}

/// <summary>What became of one row of the file.</summary>
internal sealed record Outcome(Opening Opening, OutcomeKind Kind)
{
    public CommuneFound? Commune { get; init; }

    public CandidatureTold? Candidature { get; init; }

    /// <summary>The projects opened for the candidature: one, if all is well.</summary>
    public IReadOnlyList<ProjectTold> Projects { get; init; } = [];

    /// <summary>For each verified webhook, the time from sending the acceptance to its arrival.</summary>
    public IReadOnlyList<TimeSpan> Webhooks { get; init; } = [];

    public IReadOnlyList<CommuneFound> Closest { get; init; } = [];

    public Refusal? Refusal { get; init; }
}
