using System.Buffers.Text;
using System.Text.Json.Serialization;
using FluentValidation;
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

/// <summary>What every list can be asked.</summary>
public interface IListRequest
{
    int? Limit { get; }

    string? After { get; }

    DateTimeOffset? UpdatedSince { get; }
}

/// <summary>What every list refuses.</summary>
public abstract class ListValidator<T> : AbstractValidator<T>
    where T : IListRequest
{
    protected ListValidator()
    {
        RuleFor(query => query.Limit).InclusiveBetween(1, Paging.MaximumLimit);
        RuleFor(query => query.After).Cursor();
    }
}

/// <summary>Keyset paging: limits and opaque cursors.</summary>
public static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 200;

    public const string LimitFrench = "Éléments par page, de 1 à 200 ; 50 par défaut";
    public const string LimitEnglish = "Items a page, from 1 to 200; 50 by default";
    public const string AfterFrench = "Curseur donné par la page précédente";
    public const string AfterEnglish = "Cursor given by the page before";
    public const string UpdatedSinceFrench = "Seulement ce qui a changé depuis cet instant, fins comprises (`ended`)";
    public const string UpdatedSinceEnglish = "Only what has changed since this instant, ends included (`ended`)";

    /// <summary>A change is dated before it is committed, and seen after: the same thing may be told twice, never not at all.</summary>
    public static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(1);

    /// <summary>Reads one page in the order of ids, which is the order of time.</summary>
    public static async Task<Page<TView>> ToPageAsync<T, TView>(
        this IQueryable<T> documents, IListRequest request, Func<T, TView> view, CancellationToken token)
        where T : Document
    {
        if (TryParse(request.After, out var key) && key != Guid.Empty)
        {
            documents = documents.Where(document => document.Id > key);
        }

        if (request.UpdatedSince is { } since)
        {
            var from = since > DateTimeOffset.MinValue + LongestCommit ? since - LongestCommit : since;
            documents = documents.Where(document => document.UpdatedAt >= from);
        }

        var size = request.Limit ?? DefaultLimit;
        var rows = await documents.OrderBy(document => document.Id).Take(size + 1).ToListAsync(token);
        var page = rows.Take(size).ToLookup(document => document.DeletedAt is null);
        return new(
            [.. page[true].Select(view)],
            rows.Count > size ? Cursor(rows[size - 1].Id) : null,
            request.UpdatedSince is not null ? [.. page[false].Select(document => new Tombstone(document.Id, document.Revision, document.DeletedAt!.Value))] : null);
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
