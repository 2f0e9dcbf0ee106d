using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>By what the time that it may be kept is counted, each in an order of its own.</summary>
internal sealed partial record GerantCandidature
{
    /// <summary>Whether its time is counted: not while the gérant is in post or its author has not confirmed it, nor once it has ended.</summary>
    internal bool HasTerm => this is { DeletedAt: null, ConfirmedAt: not null } and not { Stage: GerantStage.InPost, Installation: null or { EndedOn: null } };

    /// <summary>The end of the last day in post, when nothing was heard of them since.</summary>
    internal DateTimeOffset? LeftAt => this is { Stage: GerantStage.InPost, Installation.EndedOn: { } lastDay } && LocalDays.End(lastDay) is var end && end > LastContactAt ? end : null;

    /// <summary>Whether the last day in post is over.</summary>
    internal bool HasLeftPost(DateTimeOffset now) => this is { Stage: GerantStage.InPost, Installation.EndedOn: { } lastDay } && LocalDays.End(lastDay) <= now;

    /// <summary>Since when nothing was heard of them, nor were they in post.</summary>
    internal DateTimeOffset SilentSince => LeftAt ?? LastContactAt;

    /// <summary>The last contact, and then the id; after all others when the time is counted otherwise, or not at all.</summary>
    public Guid SilentKey => HasTerm && !IsKeptShorter ? KeyOf(SilentSince, Id) : Guid.AllBitsSet;

    /// <summary>The refusal, and then the id; after all others when the time is counted otherwise, or not at all.</summary>
    public Guid DeclinedKey => HasTerm && IsKeptShorter ? KeyOf(StageSince, Id) : Guid.AllBitsSet;

    // After a refusal, no more was agreed to
    private bool IsKeptShorter => this is { Stage: GerantStage.Declined, Consent.KeepsLonger: false };
}
