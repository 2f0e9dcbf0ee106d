namespace MilleCafes.Recruitment;

/// <summary>How long an override holds that lets a commune or a café be taken in against the criteria.</summary>
internal static class Overrides
{
    /// <summary>It was given for what was not met then, and for nothing more: it lapses when something else is not met, and when all is.</summary>
    public static bool Hold<TCriterion>(IEnumerable<TCriterion> unmetThen, IEnumerable<TCriterion> unmetNow)
        where TCriterion : struct, Enum => unmetNow.Any() && !unmetNow.Except(unmetThen).Any();
}
