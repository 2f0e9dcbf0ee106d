using System.Linq.Expressions;
using Marten.Exceptions;
using Marten.Linq;
using Npgsql;

namespace Marten;

/// <summary>Runs queries.</summary>
public static class QueryableExtensions
{
    public static Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) => source.Own().AnyAsync(token);

    public static Task<bool> AnyAsync<TSource>(
        this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken token = default) =>
        source.Where(predicate).AnyAsync(token);

    public static async Task<int> CountAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) =>
        checked((int)await source.Own().CountAsync(token));

    public static Task<int> CountAsync<TSource>(
        this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken token = default) =>
        source.Where(predicate).CountAsync(token);

    public static async Task<TSource> FirstAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) =>
        await source.Own().ListAsync(1, token) is [var first] ? first : throw Empty();

    public static Task<TSource> FirstAsync<TSource>(
        this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken token = default) =>
        source.Where(predicate).FirstAsync(token);

    public static async Task<TSource?> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) =>
        await source.Own().ListAsync(1, token) is [var first] ? first : default;

    public static Task<TSource?> FirstOrDefaultAsync<TSource>(
        this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken token = default) =>
        source.Where(predicate).FirstOrDefaultAsync(token);

    public static async Task<TSource> SingleAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) =>
        OnlyOne(await source.Own().ListAsync(2, token)) is [var single] ? single : throw Empty();

    public static Task<TSource> SingleAsync<TSource>(
        this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken token = default) =>
        source.Where(predicate).SingleAsync(token);

    public static async Task<TSource?> SingleOrDefaultAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) =>
        OnlyOne(await source.Own().ListAsync(2, token)) is [var single] ? single : default;

    public static Task<TSource?> SingleOrDefaultAsync<TSource>(
        this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken token = default) =>
        source.Where(predicate).SingleOrDefaultAsync(token);

    /// <summary>Writes the documents as one JSON array, row by row as they come, and gives their number; the end is missing when a row failed.</summary>
    public static Task<int> StreamJsonArray<T>(this IQueryable<T> queryable, Stream destination, CancellationToken token = default) =>
        queryable.Own().WriteArrayAsync(destination, token);

    /// <summary>Writes the first document as it is stored; false when there is none.</summary>
    public static Task<bool> StreamJsonFirstOrDefault<T>(this IQueryable<T> queryable, Stream destination, CancellationToken token = default) =>
        queryable.Own().WriteFirstAsync(destination, token);

    /// <summary>The SQL of a query with its parameters, to look at.</summary>
    public static NpgsqlCommand ToCommand<T>(this IQueryable<T> queryable, FetchType fetchType = FetchType.FetchMany) =>
        queryable.Own().ToCommand(fetchType);

    public static async Task<IReadOnlyList<T>> ToListAsync<T>(this IQueryable<T> queryable, CancellationToken token = default) =>
        await queryable.Own().ListAsync(null, token);

    private static List<T> OnlyOne<T>(List<T> rows) =>
        rows.Count < 2 ? rows : throw new InvalidOperationException("Sequence contains more than one element");

    private static InvalidOperationException Empty() => new("Sequence contains no elements");

    private static MartenQueryable<T> Own<T>(this IQueryable<T> source) => source as MartenQueryable<T>
        ?? throw new BadLinqExpressionException($"This is not a query of the document store: {source.Expression}");
}
