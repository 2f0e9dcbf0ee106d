using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
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

    public static async Task<double> AverageAsync<TSource, TMember>(
        this IQueryable<TSource> source, Expression<Func<TSource, TMember>> expression, CancellationToken token = default) =>
        JsonSerializer.Deserialize<double>(await source.Own().AggregateAsync("avg", expression, token) ?? throw Empty());

    public static async Task<int> CountAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) =>
        checked((int)await source.LongCountAsync(token));

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

    public static Task<long> LongCountAsync<TSource>(this IQueryable<TSource> source, CancellationToken token = default) =>
        source.Own().CountAsync(token);

    public static Task<long> LongCountAsync<TSource>(
        this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken token = default) =>
        source.Where(predicate).LongCountAsync(token);

    public static Task<TResult> MaxAsync<TSource, TResult>(
        this IQueryable<TSource> source, Expression<Func<TSource, TResult>> expression, CancellationToken token = default) =>
        source.ExtremeAsync("max", expression, token);

    public static Task<TResult> MinAsync<TSource, TResult>(
        this IQueryable<TSource> source, Expression<Func<TSource, TResult>> expression, CancellationToken token = default) =>
        source.ExtremeAsync("min", expression, token);

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

    /// <summary>Also counts what the query would give without Skip and Take.</summary>
    public static IMartenQueryable<T> Stats<T>(this IQueryable<T> queryable, out QueryStatistics stats)
    {
        var own = queryable.Own();
        return new MartenQueryable<T>(own, own.Expression) { Statistics = stats = new QueryStatistics() };
    }

    /// <summary>Writes the documents as one JSON array and gives their number.</summary>
    public static Task<int> StreamJsonArray<T>(this IQueryable<T> queryable, Stream destination, CancellationToken token = default) =>
        queryable.Own().WriteArrayAsync(destination, token);

    public static async Task<TResult> SumAsync<TSource, TResult>(
        this IQueryable<TSource> source, Expression<Func<TSource, TResult>> expression, CancellationToken token = default) =>
        JsonSerializer.Deserialize<TResult>(await source.Own().AggregateAsync("sum", expression, token) ?? "0"u8.ToArray())!;

    public static IAsyncEnumerable<T> ToAsyncEnumerable<T>(this IQueryable<T> queryable, CancellationToken token = default) =>
        queryable.Own().StreamAsync(token);

    /// <summary>The SQL of a query with its parameters, to look at.</summary>
    public static NpgsqlCommand ToCommand<T>(this IQueryable<T> queryable, FetchType fetchType = FetchType.FetchMany) =>
        queryable.Own().ToCommand(fetchType);

    public static async Task<string> ToJsonArray<T>(this IQueryable<T> queryable, CancellationToken token = default)
    {
        using var buffer = new MemoryStream();
        await queryable.StreamJsonArray(buffer, token);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static async Task<IReadOnlyList<T>> ToListAsync<T>(this IQueryable<T> queryable, CancellationToken token = default) =>
        await queryable.Own().ListAsync(null, token);

    private static async Task<TResult> ExtremeAsync<TSource, TResult>(
        this IQueryable<TSource> source, string function, Expression<Func<TSource, TResult>> expression, CancellationToken token)
    {
        var own = source.Own();
        var json = await own.AggregateAsync(function, expression, token);
        return json is null && default(TResult) is not null ? throw Empty()
            : json is null ? default! : JsonSerializer.Deserialize<TResult>(json, own.Storage.Serializer.Options)!;
    }

    private static List<T> OnlyOne<T>(List<T> rows) =>
        rows.Count < 2 ? rows : throw new InvalidOperationException("Sequence contains more than one element");

    private static InvalidOperationException Empty() => new("Sequence contains no elements");

    private static MartenQueryable<T> Own<T>(this IQueryable<T> source) => source as MartenQueryable<T>
        ?? throw new BadLinqExpressionException($"This is not a query of the document store: {source.Expression}");
}
