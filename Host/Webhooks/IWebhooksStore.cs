using Marten;

namespace MilleCafes.Host.Webhooks;

/// <summary>Marks the document store of webhooks (schema <c>webhooks</c>).</summary>
public interface IWebhooksStore : IDocumentStore;
