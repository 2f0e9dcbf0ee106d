namespace MilleCafes.Recruitment.Contracts;

/// <summary>All that said who a candidate is has been erased; whoever keeps something of them under this id erases it too.</summary>
public sealed record CandidateErased(Guid CandidatureId, DateTimeOffset ErasedAt);
