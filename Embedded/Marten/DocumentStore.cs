using System.Collections.Concurrent;
using System.Data;
using JasperFx;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Sessions;
using Npgsql;
using Weasel.Core;

namespace Marten;

/// <summary>The store itself, over one pool of connections.</summary>
public class DocumentStore : IDocumentStore, IMartenStorage
{
    private readonly ConcurrentDictionary<Type, DocumentStorage> _storages = [];
    private readonly SemaphoreSlim _migrating = new(1);
    private readonly StoreOptions _options;
    private readonly bool _ownsDataSource;

    public DocumentStore(StoreOptions options) => ((DataSource, _ownsDataSource), _options) = (options.BuildDataSource(), options);

    public IMartenStorage Storage => this;

    internal NpgsqlDataSource DataSource { get; }

    public IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted) =>
        new DocumentSession(this, isolationLevel);

    public IQuerySession QuerySession() => new QuerySession(this);

    public Task BulkInsertAsync<T>(
        IReadOnlyCollection<T> documents,
        BulkInsertMode mode = BulkInsertMode.InsertsOnly,
        int batchSize = 1000,
        CancellationToken cancellation = default) where T : notnull => new BulkInsertion(this).RunAsync(documents, mode, batchSize, cancellation);

    Task IMartenStorage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override)
    {
        Type[] types;
        lock (_options.Mappings)
        {
            types = [.. _options.Mappings.Keys];
        }

        return ApplyAsync([.. types.Select(StorageFor)], @override ?? _options.AutoCreateSchemaObjects, CancellationToken.None);
    }

    public void Dispose()
    {
        if (_ownsDataSource)
        {
            DataSource.Dispose();
        }

        _migrating.Dispose();
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsDataSource)
        {
            await DataSource.DisposeAsync();
        }

        _migrating.Dispose();
        GC.SuppressFinalize(this);
    }

    internal DocumentStorage StorageFor(Type type) => _storages.TryGetValue(type, out var known)
        ? known
        : _storages.GetOrAdd(type, key => new DocumentStorage(_options.MappingFor(key), _options));

    /// <summary>Makes sure that the table is there before its first use, as the published store does.</summary>
    internal ValueTask EnsureAsync(DocumentStorage storage, CancellationToken token) =>
        storage.Ready ? default : new ValueTask(ApplyAsync([storage], _options.AutoCreateSchemaObjects, token));

    private async Task ApplyAsync(IReadOnlyCollection<DocumentStorage> storages, AutoCreate autoCreate, CancellationToken token)
    {
        await _migrating.WaitAsync(token);
        try
        {
            if (storages.Count == 0 || storages.Any(storage => !storage.Ready))
            {
                await new SchemaMigration(DataSource, _options, autoCreate).ApplyAsync(storages, token);
            }
        }
        catch (PostgresException failure)
        {
            throw new MartenException($"The schema {_options.DatabaseSchemaName} cannot be prepared: {failure.MessageText}", failure);
        }
        finally
        {
            _migrating.Release();
        }
    }
}
