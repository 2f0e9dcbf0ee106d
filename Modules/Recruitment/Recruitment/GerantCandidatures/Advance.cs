using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Acts on other documents that bring a candidature to its next stage, when it is not there yet.</summary>
internal static class Advance
{
    /// <summary>At this stage, be it since long; a step that skips another is refused.</summary>
    public static Result<GerantCandidature> To(this GerantCandidature candidature, GerantStage stage, string actor, DateTimeOffset now) =>
        candidature.Stage == stage ? candidature with { LastContactAt = now } : candidature.MoveTo(stage, null, actor, now);

    /// <summary>Whether the team still makes up its mind about it.</summary>
    public static bool IsUnderSelection(this GerantCandidature candidature) => candidature is { ConfirmedAt: not null, Stage: < GerantStage.Retained };
}
