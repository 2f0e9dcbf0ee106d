using MilleCafes.Recruitment.GerantCandidatures;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>What a candidate's data is kept by.</summary>
internal enum RetentionRule
{
    /// <summary>So long after the last contact.</summary>
    LastContact,

    /// <summary>So long after a refusal, for no more was agreed to.</summary>
    Declined,

    /// <summary>So long after the last day in post.</summary>
    LeftPost,
}

/// <summary>When a candidate's data is to be erased, and why then.</summary>
/// <param name="EndsAt">When the time that it may be kept is over.</param>
/// <param name="ErasesAt">When it is erased: not before the candidate has had the notice, nor before its time is over.</param>
internal sealed record RetentionTerm(RetentionRule Rule, DateTimeOffset EndsAt, DateTimeOffset NoticeAt, DateTimeOffset? ErasesAt)
{
    /// <summary>The term of a candidature; none while the gérant is in post and no last day is known, while its author has not confirmed it, and once it has ended.</summary>
    public static RetentionTerm? Of(GerantCandidature candidature, RetentionSettings settings)
    {
        if (!candidature.HasTerm)
        {
            return null;
        }

        var since = candidature.SilentSince;
        var usual = since + settings.AfterLastContact;
        var (rule, ends) = candidature is { Stage: GerantStage.Declined, Consent.KeepsLonger: false } && candidature.StageSince + settings.AfterDecline is var early && early < usual
            ? (RetentionRule.Declined, early)
            : (candidature.LeftAt is null ? RetentionRule.LastContact : RetentionRule.LeftPost, usual);
        // A notice from before the last contact told of another day
        return candidature.ErasureNoticedAt is { } noticed && noticed >= since
            ? new(rule, ends, noticed, Later(ends, noticed + settings.Notice))
            : new(rule, ends, ends - settings.Notice, null);
    }

    /// <summary>Whether the candidate has to be told now.</summary>
    public bool IsNoticeDue(DateTimeOffset now) => ErasesAt is null && NoticeAt <= now;

    /// <summary>Whether it has to be erased now.</summary>
    public bool IsErasureDue(DateTimeOffset now) => ErasesAt <= now;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
