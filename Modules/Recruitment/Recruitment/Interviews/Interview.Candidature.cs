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

    /// <summary>The candidate goes no further: what has not begun does not take place.</summary>
    public Interview CallOff(string? actor, DateTimeOffset now) =>
        IsOpen && (Chosen is not { } slot || slot.StartsAt > now) ? Become(InterviewStatus.Cancelled, "cancelled", actor, null, now) : this;

    /// <summary>What the candidate has to know of the next state: that they are not to come; null when they were not to, or it is over.</summary>
    public InterviewCalledOff? ToCalledOff(Interview next, DateTimeOffset now) =>
        Status == InterviewStatus.Agreed && next.Status is InterviewStatus.Proposed or InterviewStatus.Cancelled && Chosen!.StartsAt > now
            ? new(Id, Chosen.StartsAt, Moved: next.Status == InterviewStatus.Proposed)
            : null;
}
