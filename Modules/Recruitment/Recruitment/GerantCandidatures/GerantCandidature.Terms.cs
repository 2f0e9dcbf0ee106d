namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>By what the time that it may be kept is counted, each in an order of its own.</summary>
internal sealed partial record GerantCandidature
{
    /// <summary>Whether its time is counted: not while the gérant is in post or its author has not confirmed it, nor once it has ended.</summary>
    internal bool HasTerm => this is { DeletedAt: null, ConfirmedAt: not null, Stage: not GerantStage.InPost };

    /// <summary>The last contact, and then the id; after all others when the time is counted otherwise, or not at all.</summary>
    public Guid SilentKey => HasTerm && !IsKeptShorter ? KeyOf(LastContactAt, Id) : Guid.AllBitsSet;

    /// <summary>The refusal, and then the id; after all others when the time is counted otherwise, or not at all.</summary>
    public Guid DeclinedKey => HasTerm && IsKeptShorter ? KeyOf(StageSince, Id) : Guid.AllBitsSet;

    // After a refusal, no more was agreed to
    private bool IsKeptShorter => this is { Stage: GerantStage.Declined, Consent.KeepsLonger: false };
}
