namespace MilleCafes.Recruitment.Immersions;

/// <summary>The candidate has another address: which café receives them, and when, is mailed there.</summary>
public sealed record ImmersionToTellAnew(Guid ImmersionId);
