namespace MilleCafes.Stack.Conformance.Tests.Documents.Elsewhere;

/// <summary>Has the name of another document.</summary>
public sealed record Cafe(Guid Id);
