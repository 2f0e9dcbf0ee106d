using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What the funnel reads of it.</summary>
internal sealed partial record GerantCandidature
{
    [Unaudited("It follows from the stages, which are in the audit.")]
    public string FunnelLine => Funnel.FunnelLine.Of(this);
}
