using Marten;

namespace MilleCafes.Accompaniment;

/// <summary>Marks the document store of Accompaniment (schema <c>accompaniment</c>).</summary>
public interface IAccompanimentStore : IDocumentStore;
