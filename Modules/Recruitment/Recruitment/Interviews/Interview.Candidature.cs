using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

/// <summary>What an interview has of the candidature that it belongs to.</summary>
internal sealed partial record Interview
{
    /// <summary>That of the candidature.</summary>
    public Antenne? Antenne { get; init; }

    /// <summary>The merged candidature that it was held for.</summary>
    public Guid? MergedFrom { get; init; }

    /// <summary>Is filed where its candidature is, and goes along with one that is merged into another.</summary>
    public Interview Follow(GerantCandidature candidature) => this with
    {
        CandidatureId = candidature.Id,
        MergedFrom = MergedFrom ?? (CandidatureId == candidature.Id ? null : CandidatureId),
        Departement = candidature.Departement,
        Antenne = candidature.Antenne,
    };
}
