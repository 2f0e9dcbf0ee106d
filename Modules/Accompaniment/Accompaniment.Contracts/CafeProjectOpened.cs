namespace MilleCafes.Accompaniment.Contracts;

/// <summary>A café project starts in the phase <i>Definition</i>.</summary>
/// <param name="CandidatureId">The candidature it comes from.</param>
/// <param name="StartsWith"><c>feasibilityStudy</c>, or <c>diagnosis</c> for a café that is there already.</param>
public sealed record CafeProjectOpened(
    Guid ProjectId, Guid CandidatureId, string InseeCode, string CommuneName, string Departement, DateTimeOffset OpenedAt, string StartsWith = "feasibilityStudy");
