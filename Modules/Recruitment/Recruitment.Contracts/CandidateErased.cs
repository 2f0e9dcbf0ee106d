namespace MilleCafes.Recruitment.Contracts;

/// <summary>All that said who a candidate is has been erased; whoever keeps something of them under this id erases it too.</summary>
/// <param name="SourceClientId">The client that had sent the candidature.</param>
/// <param name="InseeCode">The commune whose mairie it was presented to; several times, when there were several.</param>
public sealed record CandidateErased(Guid CandidatureId, Guid? SourceClientId, string? InseeCode, DateTimeOffset ErasedAt);
