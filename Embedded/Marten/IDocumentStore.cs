using System.Data;
using JasperFx;
using Weasel.Core;

namespace Marten;

/// <summary>A store of documents: opens sessions, and knows its own schema.</summary>
public interface IDocumentStore : IDisposable, IAsyncDisposable
{
    IMartenStorage Storage { get; }

    Task BulkInsertAsync<T>(
        IReadOnlyCollection<T> documents,
        BulkInsertMode mode = BulkInsertMode.InsertsOnly,
        int batchSize = 1000,
        CancellationToken cancellation = default) where T : notnull;

    IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted);

    IQuerySession QuerySession();
}

/// <summary>The database side of a store.</summary>
public interface IMartenStorage
{
    Task ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override = null);
}
