using Marten;

namespace MilleCafes.Impact;

/// <summary>Marks the document store of Impact (schema <c>impact</c>).</summary>
public interface IImpactStore : IDocumentStore;
