using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What the funnel reads of it.</summary>
internal sealed partial record GerantCandidature
{
    // What candidates say of where they come from may name somebody
    [PersonalData]
    public string FunnelLine => Funnel.FunnelLine.Of(this);
}
