using Marten;

namespace MilleCafes.Host.Access;

/// <summary>Marks the document store of keys (schema <c>access</c>).</summary>
public interface IAccessStore : IDocumentStore;
