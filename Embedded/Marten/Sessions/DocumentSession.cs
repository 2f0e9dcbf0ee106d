using System.Data;
using System.Linq.Expressions;
using Marten.Exceptions;
using Marten.Internal;
using Marten.Linq;
using Marten.Schema;
using Npgsql;

namespace Marten.Sessions;

/// <summary>A unit of work: collects operations, then sends them as one batch, which is one transaction and one round trip.</summary>
internal sealed class DocumentSession(DocumentStore store, IsolationLevel isolation)
    : QuerySession(store, isolation), IDocumentSession, IEnlistableSession
{
    private readonly List<PendingOperation> _pending = [];
    private readonly List<ICommitParticipant> _participants = [];

    public void Delete<T>(T entity) where T : notnull
    {
        var storage = StorageOf(entity);
        _pending.Add(new DeleteOperation(storage, storage.IdOf(entity)!));
    }

    public void Delete<T>(Guid id) where T : notnull => _pending.Add(new DeleteOperation(Owner.StorageFor(typeof(T)), id));

    public void Delete<T>(string id) where T : notnull => _pending.Add(new DeleteOperation(Owner.StorageFor(typeof(T)), id));

    public void DeleteWhere<T>(Expression<Func<T, bool>> expression) where T : notnull
    {
        var storage = Owner.StorageFor(typeof(T));
        var parameters = new SqlParameters();
        var predicate = new PredicateTranslator(storage.Locators, parameters).Translate(expression, storage.Locators.Document("d."));
        _pending.Add(new SqlOperation($"DELETE FROM {storage.Table} AS d WHERE {predicate}", parameters.All, storage));
    }

    public void Insert<T>(IEnumerable<T> entities) where T : notnull => Write(entities, WriteMode.Insert);

    public void Insert<T>(params T[] entities) where T : notnull => Write(entities, WriteMode.Insert);

    public void Store<T>(IEnumerable<T> entities) where T : notnull => Write(entities, WriteMode.Store);

    public void Store<T>(params T[] entities) where T : notnull => Write(entities, WriteMode.Store);

    public void Update<T>(IEnumerable<T> entities) where T : notnull => Write(entities, WriteMode.Update);

    public void Update<T>(params T[] entities) where T : notnull => Write(entities, WriteMode.Update);

    public void UpdateRevision<T>(T entity, long revision) where T : notnull
    {
        var storage = StorageOf(entity);
        if (!storage.Mapping.NumericRevisions)
        {
            throw new MartenException($"{storage.DocumentType.FullName} has no numeric revisions: call UseNumericRevisions(true)");
        }

        _pending.Add(new WriteOperation(storage, entity, WriteMode.Revise, revision));
    }

    public void QueueSqlCommand(string sql, params object[] parameterValues) => _pending.Add(SqlOperation.Queued(sql, parameterValues));

    public void EjectAllPendingChanges() => _pending.Clear();

    public void Enlist(ICommitParticipant participant) => _participants.Add(participant);

    public async Task SaveChangesAsync(CancellationToken token = default)
    {
        if (_pending.Count == 0 && _participants.Count == 0)
        {
            return;
        }

        foreach (var operation in _pending)
        {
            if (operation.Storage is { Ready: false } storage)
            {
                await Owner.EnsureAsync(storage, token);
            }
        }

        try
        {
            await using var batch = await Connection.BatchAsync(token);
            await ExecuteAsync(batch, token);
        }
        catch
        {
            _participants.ForEach(participant => participant.Abandon());
            await Connection.DisposeAsync();
            throw;
        }

        _pending.Clear();
        foreach (var participant in _participants)
        {
            await participant.AfterCommitAsync(token);
        }
    }

    private async Task ExecuteAsync(NpgsqlBatch batch, CancellationToken token)
    {
        foreach (var operation in _pending)
        {
            batch.BatchCommands.Add(operation.ToCommand());
        }

        var ends = new int[_participants.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            _participants[i].AppendTo(batch);
            ends[i] = batch.BatchCommands.Count;
        }

        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        try
        {
            await batch.ExecuteNonQueryAsync(token);
            await Connection.CommitAsync(token);
        }
        catch (PostgresException failure)
        {
            var failed = FailedCommand(batch, failure);
            var explained = failed < 0 ? null
                : failed < _pending.Count ? _pending[failed].Explain(failure)
                : _participants[Array.FindIndex(ends, end => failed < end)].Explain(failure);
            throw explained ?? new MartenCommandException(
                failed < 0 ? null : new NpgsqlCommand(batch.BatchCommands[failed].CommandText), failure);
        }
    }

    /// <summary>Npgsql names the failed command only when its data source was told to; else it is the first that has not completed.</summary>
    private static int FailedCommand(NpgsqlBatch batch, PostgresException failure)
    {
        for (var i = 0; i < batch.BatchCommands.Count; i++)
        {
            var command = batch.BatchCommands[i];
            if (failure.BatchCommand is { } named ? ReferenceEquals(named, command) : command.StatementType == Npgsql.StatementType.Unknown)
            {
                failure.BatchCommand ??= command;
                return i;
            }
        }

        return -1;
    }

    private void Write<T>(IEnumerable<T> entities, WriteMode mode) where T : notnull
    {
        foreach (var entity in entities)
        {
            _pending.Add(new WriteOperation(StorageOf(entity), entity, mode));
        }
    }

    // Store(object[]) means documents of any type
    private DocumentStorage StorageOf<T>(T entity) where T : notnull => Owner.StorageFor(typeof(T) == typeof(object) ? entity.GetType() : typeof(T));
}
