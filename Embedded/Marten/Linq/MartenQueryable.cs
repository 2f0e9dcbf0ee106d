using System.Collections;
using System.Data;
using System.Linq.Expressions;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Sessions;
using Npgsql;

namespace Marten.Linq;

/// <summary>A query over the documents of one type; run it with the asynchronous methods of <see cref="QueryableExtensions"/>.</summary>
public interface IMartenQueryable<T> : IQueryable<T>;

/// <summary>What a query is asked for.</summary>
public enum FetchType
{
    Count,
    Any,
    FetchMany,
    FetchOne,
}

/// <summary>What every query knows, whatever its rows are.</summary>
internal interface IMartenQuery
{
    QuerySession Session { get; }

    DocumentStorage Storage { get; }
}

internal sealed class MartenQueryable<T> : IMartenQueryable<T>, IOrderedQueryable<T>, IMartenQuery, IQueryProvider
{
    public MartenQueryable(QuerySession session)
    {
        Session = session;
        Storage = session.Owner.StorageFor(typeof(T));
        Expression = Expression.Constant(this);
    }

    public MartenQueryable(IMartenQuery parent, Expression expression)
    {
        (Session, Storage) = (parent.Session, parent.Storage);
        Expression = expression;
    }

    public QuerySession Session { get; }

    public DocumentStorage Storage { get; }

    public Type ElementType => typeof(T);

    public Expression Expression { get; }

    public IQueryProvider Provider => this;

    public IQueryable<TElement> CreateQuery<TElement>(Expression expression) => new MartenQueryable<TElement>(this, expression);

    public IQueryable CreateQuery(Expression expression) => throw Captured.Refuse(expression);

    public TResult Execute<TResult>(Expression expression) => throw Synchronous();

    public object Execute(Expression expression) => throw Synchronous();

    public IEnumerator<T> GetEnumerator() => throw Synchronous();

    IEnumerator IEnumerable.GetEnumerator() => throw Synchronous();

    public override string ToString() => $"documents of {Storage.Table}";

    public Task<List<T>> ListAsync(long? atMost, CancellationToken token)
    {
        var model = Model();
        var sql = model.ToSql(atMost);
        return Session.ReadAsync(Storage, sql, model.Parameters.All, async (reader, cancellation) =>
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(Row(model, reader));
            }

            return rows;
        }, token);
    }

    public Task<long> CountAsync(CancellationToken token)
    {
        var model = Model();
        return ScalarAsync(model, model.ToCount(), reader => reader.GetInt64(0), token);
    }

    public Task<bool> AnyAsync(CancellationToken token)
    {
        var model = Model();
        return ScalarAsync(model, model.ToAny(), reader => reader.GetBoolean(0), token);
    }

    public NpgsqlCommand ToCommand(FetchType fetchType)
    {
        var model = Model();
        var command = new NpgsqlCommand(fetchType switch
        {
            FetchType.Count => model.ToCount(),
            FetchType.Any => model.ToAny(),
            FetchType.FetchOne => model.ToSql(1),
            _ => model.ToSql(),
        });
        model.Parameters.All.ForEach(parameter => command.Parameters.Add(parameter));
        return command;
    }

    /// <summary>Writes the documents as a JSON array, from the rows to the stream without reading them.</summary>
    public Task<int> WriteArrayAsync(Stream destination, CancellationToken token) => StreamAsync(null, async (reader, cancellation) =>
    {
        var count = 0;
        await destination.WriteAsync("["u8.ToArray(), cancellation);
        for (; await reader.ReadAsync(cancellation); count++)
        {
            if (count > 0)
            {
                await destination.WriteAsync(","u8.ToArray(), cancellation);
            }

            await JsonColumn.CopyAsync(reader, destination, cancellation);
        }

        await destination.WriteAsync("]"u8.ToArray(), cancellation);
        return count;
    }, token);

    public Task<bool> WriteFirstAsync(Stream destination, CancellationToken token) => StreamAsync(1, async (reader, cancellation) =>
    {
        var found = await reader.ReadAsync(cancellation);
        if (found)
        {
            await JsonColumn.CopyAsync(reader, destination, cancellation);
        }

        return found;
    }, token);

    private static NotSupportedException Synchronous() =>
        new("Queries run asynchronously only: call ToListAsync, FirstOrDefaultAsync, CountAsync and the like");

    private QueryModel Model() => new(Storage, Expression);

    private T Row(QueryModel model, NpgsqlDataReader reader) =>
        model.Projection is { } projection ? Storage.Read(reader, projection.Read<T>) : Storage.Read<T>(reader);

    private Task<TResult> StreamAsync<TResult>(
        long? atMost, Func<NpgsqlDataReader, CancellationToken, ValueTask<TResult>> write, CancellationToken token)
    {
        var model = Model();
        return model.Projection is null
            ? Session.ReadAsync(Storage, model.ToSql(atMost), model.Parameters.All, write, token, CommandBehavior.SequentialAccess)
            : throw Captured.Refuse(Expression, "JSON of a Select");
    }

    private Task<TResult> ScalarAsync<TResult>(QueryModel model, string sql, Func<NpgsqlDataReader, TResult> read, CancellationToken token) =>
        Session.ReadAsync(Storage, sql, model.Parameters.All, async (reader, cancellation) =>
            await reader.ReadAsync(cancellation) ? read(reader) : throw new MartenException($"No row: {sql}"), token);
}
