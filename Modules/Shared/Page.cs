using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Marten;

namespace MilleCafes.Shared;

/// <summary>One page of a list, in a stable order.</summary>
/// <param name="Next">The cursor that the next page comes after; null on the last page.</param>
/// <param name="Ended">What ended for good; only there when the list was asked with « updatedSince ».</param>
public sealed record Page<T>(
    [property: Described("Les éléments de la page", "The items of the page")] IReadOnlyList<T> Items,
    [property: Described("Curseur de la page suivante, nul sur la dernière", "Cursor of the next page, null on the last one")] string? Next,
    [property: Described("Ce qui a pris fin ; avec `updatedSince` seulement", "What has ended; with `updatedSince` only")][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Tombstone>? Ended = null);

/// <summary>What remains of a thing that ended.</summary>
public sealed record Tombstone(
    [property: Described("Identifiant de ce qui a pris fin", "Id of what has ended")] Guid Id,
    [property: Described("Sa dernière révision", "Its last revision", Example = "3")] long Revision,
    [property: Described("L'instant de sa fin", "When it ended")] DateTimeOffset DeletedAt);

/// <summary>Keyset paging: limits and opaque cursors.</summary>
public static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 200;

    private const int MarkBytes = 2;
    private const int KeyBytes = 16;

    public const string LimitFrench = "Éléments par page, de 1 à 200 ; 50 par défaut";
    public const string LimitEnglish = "Items a page, from 1 to 200; 50 by default";
    public const string AfterFrench = "Curseur donné par la page précédente";
    public const string AfterEnglish = "Cursor given by the page before";
    public const string UpdatedSinceFrench = "Seulement ce qui a changé depuis cet instant, fins comprises (`ended`)";
    public const string UpdatedSinceEnglish = "Only what has changed since this instant, ends included (`ended`)";

    /// <summary>A change is dated before it is committed, and seen after: the same thing may be told twice, never not at all.</summary>
    public static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<Type, ushort> Marks = new();

    /// <summary>From when a change has to be dated to be told to whoever asks for what has changed since.</summary>
    public static DateTimeOffset DatedFrom(DateTimeOffset since) => since > DateTimeOffset.MinValue + LongestCommit ? since - LongestCommit : since;

    /// <summary>Reads one page in the order of ids, which is the order of time.</summary>
    public static async Task<Page<TView>> ToPageAsync<T, TView>(this IQueryable<T> documents, IListRequest request, Func<T, TView> view, CancellationToken token)
        where T : Document
    {
        if (TryParse(request.GetType(), request.After, out var key) && key != Guid.Empty)
        {
            documents = documents.Where(document => document.Id > key);
        }

        if (request.UpdatedSince is { } since)
        {
            var from = DatedFrom(since);
            documents = documents.Where(document => document.UpdatedAt >= from);
        }

        var size = request.Limit ?? DefaultLimit;
        var rows = await documents.OrderBy(document => document.Id).Take(size + 1).ToListAsync(token);
        var page = rows.Take(size).ToLookup(document => document.DeletedAt is null);
        return new(
            [.. page[true].Select(view)],
            rows.Count > size ? Cursor(request.GetType(), rows[size - 1].Id) : null,
            request.UpdatedSince is not null ? [.. page[false].Select(document => new Tombstone(document.Id, document.Revision, document.DeletedAt!.Value))] : null);
    }

    /// <param name="list">The request of the list: what another list gave leads nowhere here.</param>
    public static string Cursor(Type list, Guid key) => Write(list, key, []);

    /// <param name="list">The request of the list: what another list gave leads nowhere here.</param>
    /// <param name="part">The part of the list that the key comes in, of those that follow one another.</param>
    public static string Cursor(Type list, Guid key, byte part) => Write(list, key, [part]);

    /// <summary>The key behind a cursor of this list; the empty key, before all others, when there is none.</summary>
    public static bool TryParse(Type list, string? cursor, out Guid key) => TryRead(list, cursor, out key, []);

    /// <summary>The key behind a cursor of this list, and the part that it comes in; the empty key of the first part when there is none.</summary>
    public static bool TryParse(Type list, string? cursor, out Guid key, out byte part)
    {
        part = 0;
        return TryRead(list, cursor, out key, new(ref part));
    }

    private static string Write(Type list, Guid key, ReadOnlySpan<byte> rest)
    {
        Span<byte> bytes = stackalloc byte[MarkBytes + KeyBytes + rest.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, MarkOf(list));
        key.TryWriteBytes(bytes[MarkBytes..], bigEndian: true, out _);
        rest.CopyTo(bytes[(MarkBytes + KeyBytes)..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static bool TryRead(Type list, string? cursor, out Guid key, Span<byte> rest)
    {
        key = Guid.Empty;
        if (cursor is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[MarkBytes + KeyBytes + rest.Length];
        if (cursor.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
            || written != bytes.Length || BinaryPrimitives.ReadUInt16BigEndian(bytes) != MarkOf(list))
        {
            return false;
        }

        key = new Guid(bytes[MarkBytes..(MarkBytes + KeyBytes)], bigEndian: true);
        bytes[(MarkBytes + KeyBytes)..].CopyTo(rest);
        return true;
    }

    // The same on every node and after every start; a test sees to it that no two lists have the same
    private static ushort MarkOf(Type list) => Marks.GetOrAdd(list, static one => BinaryPrimitives.ReadUInt16BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(one.Name))));
}
