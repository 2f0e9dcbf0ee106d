using System.Data;
using Marten.Exceptions;
using Marten.Linq;
using Marten.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Sessions;

/// <summary>The reading half of a session; keeps no identity map.</summary>
internal class QuerySession(DocumentStore store, IsolationLevel isolation = IsolationLevel.ReadCommitted) : IQuerySession
{
    internal DocumentStore Owner { get; } = store;

    internal SessionConnection Connection { get; } = new(store.DataSource, isolation);

    public Task<bool> CheckExistsAsync<T>(string id, CancellationToken token = default) where T : notnull => ExistsAsync<T, string>(id, token);

    public Task<bool> CheckExistsAsync<T>(Guid id, CancellationToken token = default) where T : notnull => ExistsAsync<T, Guid>(id, token);

    public Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull => LoadOneAsync<T, string>(id, token);

    public Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : notnull => LoadOneAsync<T, Guid>(id, token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params string[] ids) where T : notnull => LoadAllAsync<T, string>(ids, default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<string> ids) where T : notnull => LoadAllAsync<T, string>([.. ids], default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(params Guid[] ids) where T : notnull => LoadAllAsync<T, Guid>(ids, default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<Guid> ids) where T : notnull => LoadAllAsync<T, Guid>([.. ids], default);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params string[] ids)
        where T : notnull => LoadAllAsync<T, string>(ids, token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<string> ids)
        where T : notnull => LoadAllAsync<T, string>([.. ids], token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params Guid[] ids) where T : notnull => LoadAllAsync<T, Guid>(ids, token);

    public Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<Guid> ids)
        where T : notnull => LoadAllAsync<T, Guid>([.. ids], token);

    public IMartenQueryable<T> Query<T>() where T : notnull => new MartenQueryable<T>(this);

    public void Dispose()
    {
        Connection.Dispose();
        GC.SuppressFinalize(this);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Connection.DisposeAsync();
    }

    /// <summary>Runs one reading command; PostgreSQL's refusal is told in the store's own terms.</summary>
    internal async Task<TResult> ReadAsync<TResult>(
        DocumentStorage storage,
        string sql,
        IEnumerable<NpgsqlParameter> parameters,
        Func<NpgsqlDataReader, CancellationToken, ValueTask<TResult>> read,
        CancellationToken token,
        CommandBehavior behavior = CommandBehavior.Default)
    {
        await Owner.EnsureAsync(storage, token);
        await using var command = await Connection.CommandAsync(sql, token);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        try
        {
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult | behavior, token);
            return await read(reader, token);
        }
        catch (PostgresException failure)
        {
            throw new MartenCommandException(command, failure);
        }
    }

    private Task<bool> ExistsAsync<T, TId>(TId id, CancellationToken token) where TId : notnull
    {
        var storage = Owner.StorageFor(typeof(T));
        return ReadAsync(storage, storage.Sql.Exists, [storage.IdParameter(id)], static async (reader, cancellation) =>
            await reader.ReadAsync(cancellation) && reader.GetBoolean(0), token);
    }

    // Loading by id is what sessions do most: no closure, no second state machine
    private async Task<T?> LoadOneAsync<T, TId>(TId id, CancellationToken token) where TId : notnull
    {
        var storage = Owner.StorageFor(typeof(T));
        await Owner.EnsureAsync(storage, token);
        await using var command = await Connection.CommandAsync(storage.Sql.Load, token);
        command.Parameters.Add(storage.IdParameter(id));
        try
        {
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, token);
            return await reader.ReadAsync(token) ? storage.Read<T>(reader) : default;
        }
        catch (PostgresException failure)
        {
            throw new MartenCommandException(command, failure);
        }
    }

    private async Task<IReadOnlyList<T>> LoadAllAsync<T, TId>(TId[] ids, CancellationToken token)
    {
        var storage = Owner.StorageFor(typeof(T));
        if (typeof(TId) != storage.IdType)
        {
            throw new MartenException($"The identity of {typeof(T).FullName} is a {storage.IdType.Name}, not a {typeof(TId).Name}");
        }

        var parameter = new NpgsqlParameter<TId[]> { TypedValue = ids, NpgsqlDbType = NpgsqlDbType.Array | storage.IdDbType };
        return await ReadAsync(storage, storage.Sql.LoadMany, [parameter], async (reader, cancellation) =>
        {
            var documents = new List<T>(ids.Length);
            while (await reader.ReadAsync(cancellation))
            {
                documents.Add(storage.Read<T>(reader));
            }

            return documents;
        }, token);
    }
}
