using Marten;

namespace MilleCafes.Network;

/// <summary>Marks the document store of Network (schema <c>network</c>).</summary>
public interface INetworkStore : IDocumentStore;
