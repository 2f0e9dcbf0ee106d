namespace MilleCafes.Recruitment.Interviews;

/// <summary>There are slots for the candidate to choose from.</summary>
public sealed record InterviewProposed(Guid InterviewId);
