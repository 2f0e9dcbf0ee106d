using System.Buffers.Binary;
using System.Linq.Expressions;
using Marten;

namespace MilleCafes.Shared;

/// <summary>Keyset paging by a score, the best first, and by age where it is the same: both are one key, so that one index gives a page.</summary>
public static class RankedPaging
{
    private const int ScoreBytes = 2;
    private const int RandomStart = 8;

    /// <summary>Sorts as the score does, downwards, and then as the id.</summary>
    /// <param name="score">From 0 to 65 535.</param>
    public static Guid KeyOf(int score, Guid id)
    {
        Span<byte> from = stackalloc byte[16];
        Span<byte> key = stackalloc byte[16];
        id.TryWriteBytes(from, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(key, (ushort)(ushort.MaxValue - score));
        from[..RandomStart].CopyTo(key[ScoreBytes..]);
        // Two bytes fewer of chance: what is left tells apart what came in the same millisecond
        from[RandomStart..^ScoreBytes].CopyTo(key[(ScoreBytes + RandomStart)..]);
        return new Guid(key, bigEndian: true);
    }

    /// <summary>The last key of those that have this score at least.</summary>
    public static Guid LastKeyFrom(int score)
    {
        Span<byte> key = stackalloc byte[16];
        key.Fill(byte.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(key, (ushort)(ushort.MaxValue - score));
        return new Guid(key, bigEndian: true);
    }

    /// <summary>Reads one page, the best first.</summary>
    /// <param name="order">Names this order: a cursor of another leads nowhere in it.</param>
    /// <param name="keyOf">The same key of a document at hand: to compile the other takes longer than to read the page.</param>
    public static async Task<Page<TView>> ToRankedPageAsync<T, TView>(
        this IQueryable<T> documents, IListRequest request, Type order, Expression<Func<T, Guid>> key, Func<T, Guid> keyOf, Func<T, TView> view, CancellationToken token)
        where T : Document
    {
        if (Paging.TryParse(order, request.After, out var after) && after != Guid.Empty)
        {
            documents = documents.Where(Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(key.Body, Expression.Constant(after)), key.Parameters));
        }

        if (request.UpdatedSince is { } since)
        {
            var from = Paging.DatedFrom(since);
            documents = documents.Where(document => document.UpdatedAt >= from);
        }

        var size = request.Limit ?? Paging.DefaultLimit;
        var rows = await documents.OrderBy(key).Take(size + 1).ToListAsync(token);
        var page = rows.Take(size).ToLookup(document => document.DeletedAt is null);
        return new(
            [.. page[true].Select(view)],
            rows.Count > size ? Paging.Cursor(order, keyOf(rows[size - 1])) : null,
            request.UpdatedSince is not null ? [.. page[false].Select(document => new Tombstone(document.Id, document.Revision, document.DeletedAt!.Value))] : null);
    }
}
