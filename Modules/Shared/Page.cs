using System.Buffers.Text;
using FluentValidation;
using Marten;

namespace MilleCafes.Shared;

/// <summary>One page of a list, in a stable order.</summary>
/// <param name="Next">The cursor that the next page comes after; null on the last page.</param>
public sealed record Page<T>(
    [property: Described("Les éléments de la page", "The items of the page")] IReadOnlyList<T> Items,
    [property: Described("Curseur de la page suivante, nul sur la dernière", "Cursor of the next page, null on the last one")] string? Next);

/// <summary>Keyset paging: limits and opaque cursors.</summary>
public static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 200;

    /// <summary>Reads one page in the order of ids, which is the order of time.</summary>
    public static async Task<Page<TView>> ToPageAsync<T, TView>(
        this IQueryable<T> documents, int? limit, string? after, Func<T, TView> view, CancellationToken token)
        where T : Document
    {
        if (TryParse(after, out var key) && key != Guid.Empty)
        {
            documents = documents.Where(document => document.Id > key);
        }

        var size = limit ?? DefaultLimit;
        var rows = await documents.OrderBy(document => document.Id).Take(size + 1).ToListAsync(token);
        return new([.. rows.Take(size).Select(view)], rows.Count > size ? Cursor(rows[size - 1].Id) : null);
    }

    /// <summary>Refuses a cursor that the API did not give.</summary>
    public static IRuleBuilderOptions<T, string?> Cursor<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(cursor => TryParse(cursor, out _)).WithErrorCode("bad_cursor").WithMessage(_ => CommonErrors.BadCursor.Text);

    public static string Cursor(Guid key) => Base64Url.EncodeToString(key.ToByteArray(bigEndian: true));

    /// <summary>The key behind a cursor; the empty key, before all others, when there is none.</summary>
    public static bool TryParse(string? cursor, out Guid key)
    {
        key = Guid.Empty;
        if (cursor is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (cursor.Length != 22 || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written) || written != 16)
        {
            return false;
        }

        key = new Guid(bytes, bigEndian: true);
        return true;
    }
}
