namespace MilleCafes.Recruitment.Interviews;

/// <summary>A slot is agreed; or the candidate has another address, and is to be told anew of the one that was.</summary>
public sealed record InterviewAgreed(Guid InterviewId);
