using System.Buffers.Binary;
using System.Buffers.Text;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>A place in the feed. Subscribers keep theirs for weeks: of another form than the cursors of lists, and never changed.</summary>
internal static class FeedCursor
{
    private const int PositionStart = 8;
    private const int Bytes = 16;
    private const int Length = 22;

    public static string Of(long position)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes[PositionStart..], position);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place behind a cursor: the beginning when there is none; null when the feed gives no such cursor.</summary>
    public static long? Parse(string? cursor)
    {
        if (cursor is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[Bytes];
        return cursor.Length == Length && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var written) && written == Bytes
            && !bytes[..PositionStart].ContainsAnyExcept((byte)0) && BinaryPrimitives.ReadInt64BigEndian(bytes[PositionStart..]) is >= 0 and var position
            ? position
            : null;
    }
}
