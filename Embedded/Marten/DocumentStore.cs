using System.Collections.Concurrent;
using System.Data;
using JasperFx;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Services;
using Marten.Sessions;
using Npgsql;
using Weasel.Core;

namespace Marten;

/// <summary>The store itself, over one pool of connections.</summary>
public class DocumentStore : IDocumentStore, IMartenStorage, IDocumentCleaner
{
    private readonly ConcurrentDictionary<Type, DocumentStorage> _storages = [];
    private readonly SemaphoreSlim _migrating = new(1);
    private readonly bool _ownsDataSource;

    public DocumentStore(StoreOptions options)
    {
        Options = options;
        (DataSource, _ownsDataSource) = options.BuildDataSource();
        Advanced = new AdvancedOperations(this);
    }

    public AdvancedOperations Advanced { get; }

    public IMartenStorage Storage => this;

    internal NpgsqlDataSource DataSource { get; }

    internal StoreOptions Options { get; }

    public static DocumentStore For(string connectionString) => For(options => options.Connection(connectionString));

    public static DocumentStore For(Action<StoreOptions> configure)
    {
        var options = new StoreOptions();
        configure(options);
        return new DocumentStore(options);
    }

    public IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted) =>
        LightweightSession(new SessionOptions { IsolationLevel = isolationLevel });

    public IDocumentSession LightweightSession(SessionOptions options) => new DocumentSession(this, options);

    public IQuerySession QuerySession() => QuerySession(new SessionOptions());

    public IQuerySession QuerySession(SessionOptions options) => new QuerySession(this, options);

    public Task BulkInsertAsync<T>(
        IReadOnlyCollection<T> documents,
        BulkInsertMode mode = BulkInsertMode.InsertsOnly,
        int batchSize = 1000,
        CancellationToken cancellation = default) where T : notnull => new BulkInsertion(this).RunAsync(documents, mode, cancellation);

    string[] IMartenStorage.AllSchemaNames() => [.. Registered().Select(storage => storage.SchemaName).Append(Options.DatabaseSchemaName).Distinct()];

    async Task IMartenStorage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override) => await ApplyAsync(Registered(), CancellationToken.None);

    async Task IDocumentCleaner.DeleteAllDocumentsAsync(CancellationToken ct)
    {
        var storages = Registered();
        await ApplyAsync([.. storages.Where(storage => !storage.Ready)], ct);
        if (storages.Count > 0)
        {
            await using var command = DataSource.CreateCommand($"TRUNCATE TABLE {string.Join(", ", storages.Select(storage => storage.Table))}");
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    async Task IDocumentCleaner.DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct)
    {
        var storage = StorageFor(documentType);
        await EnsureAsync(storage, ct);
        await using var command = DataSource.CreateCommand($"TRUNCATE TABLE {storage.Table}");
        await command.ExecuteNonQueryAsync(ct);
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
        : _storages.GetOrAdd(type, key => new DocumentStorage(Options.MappingFor(key), Options));

    /// <summary>Makes sure that the table is there before its first use, as the published store does.</summary>
    internal ValueTask EnsureAsync(DocumentStorage storage, CancellationToken token) =>
        storage.Ready || Options.AutoCreateSchemaObjects == AutoCreate.None ? default : new ValueTask(ApplyAsync([storage], token));

    private List<DocumentStorage> Registered()
    {
        Type[] types;
        lock (Options.Mappings)
        {
            types = [.. Options.Mappings.Keys];
        }

        return [.. types.Select(StorageFor)];
    }

    private async Task ApplyAsync(IReadOnlyCollection<DocumentStorage> storages, CancellationToken token)
    {
        await _migrating.WaitAsync(token);
        try
        {
            if (storages.Count == 0 || storages.Any(storage => !storage.Ready))
            {
                await new SchemaMigration(DataSource, Options).ApplyAsync(storages, token);
            }
        }
        catch (PostgresException failure)
        {
            throw new MartenException($"The schema {Options.DatabaseSchemaName} cannot be prepared: {failure.MessageText}", failure);
        }
        finally
        {
            _migrating.Release();
        }
    }
}

/// <summary>Maintenance of a store.</summary>
public class AdvancedOperations
{
    private readonly DocumentStore _store;

    internal AdvancedOperations(DocumentStore store) => _store = store;

    public IDocumentCleaner Clean => _store;

    public List<IInitialData> InitialDataCollection => _store.Options.InitialData;

    public async Task ResetAllData(CancellationToken cancellation = default)
    {
        await Clean.DeleteAllDocumentsAsync(cancellation);
        foreach (var data in InitialDataCollection)
        {
            await data.Populate(_store, cancellation);
        }
    }
}
