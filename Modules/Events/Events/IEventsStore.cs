using Marten;

namespace MilleCafes.Events;

/// <summary>Marks the document store of Events (schema <c>events</c>).</summary>
public interface IEventsStore : IDocumentStore;
