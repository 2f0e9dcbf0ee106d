using System.Collections.Frozen;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The path of a candidate to a café; the last two leave it.</summary>
internal enum GerantStage
{
    Received,
    Studied,
    Interview,
    Immersion,
    Presented,
    Retained,
    Trained,
    InPost,
    Declined,
    Withdrawn,
}

/// <summary>How a candidature passed from one stage to the next.</summary>
/// <param name="Actor">The client that did it; null when the candidate or a clock did.</param>
/// <param name="Correction">Whether it takes back a decision, and is no step of the path.</param>
internal sealed record StageChange(GerantStage? From, GerantStage To, DateTimeOffset At, string? Actor, [property: PersonalData] string? Reason, bool Correction);

/// <summary>Which stages follow one another.</summary>
internal static class GerantStages
{
    private static readonly FrozenSet<GerantStage> Left = [GerantStage.Declined, GerantStage.Withdrawn];

    /// <summary>Whether the candidate is still on the path, or at its end.</summary>
    public static bool IsOnPath(this GerantStage stage) => !Left.Contains(stage);

    /// <summary>The one stage that an act can lead to from here; null at the end of the path, and off it.</summary>
    public static GerantStage? Next(this GerantStage stage) => stage < GerantStage.InPost ? stage + 1 : null;

    /// <summary>Whether an act may lead from one stage to the other: one step on, or off the path.</summary>
    public static bool LeadsTo(this GerantStage from, GerantStage to) =>
        from.Next() == to || (from.IsOnPath() && from != GerantStage.InPost && Left.Contains(to));

    /// <summary>Whether a correction may lead from one stage to the other: one step back, or to the stage that was left.</summary>
    /// <param name="left">The stage at which the path was left; null while on it.</param>
    public static bool CorrectsTo(this GerantStage from, GerantStage to, GerantStage? left) =>
        from.IsOnPath() ? from > GerantStage.Received && to == from - 1 : to == left;
}
