namespace MilleCafes.Shared;

/// <summary>A module has erased what it knew of the persons in a document; whoever keeps a trace of it erases that too.</summary>
/// <param name="Subject">The document that spoke of them.</param>
public sealed record PersonalDataErased(Guid Subject, DateTimeOffset ErasedAt);
