using System.Buffers.Binary;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>A place in the feed, written as all cursors are.</summary>
internal static class FeedCursor
{
    private const int PositionStart = 8;

    public static string Of(long position)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes[PositionStart..], position);
        return Paging.Cursor(new Guid(bytes, bigEndian: true));
    }

    public static long Parse(string? cursor) =>
        Paging.TryParse(cursor, out var key) ? BinaryPrimitives.ReadInt64BigEndian(key.ToByteArray(bigEndian: true).AsSpan(PositionStart)) : 0;
}
