using MilleCafes.Recruitment.GerantCandidatures;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The terms of candidatures under the settings of this host; for message handlers, which are given public services only.</summary>
public sealed class CandidateTerms
{
    private readonly RetentionSettings settings;

    internal CandidateTerms(RetentionSettings settings) => this.settings = settings;

    internal RetentionTerm? Of(GerantCandidature candidature) => RetentionTerm.Of(candidature, settings);
}
