namespace MilleCafes.Recruitment.Interviews;

/// <summary>An interview that was agreed does not take place when it should have.</summary>
/// <param name="Moved">Whether other slots are proposed instead.</param>
public sealed record InterviewCalledOff(Guid InterviewId, DateTimeOffset StartsAt, bool Moved);
