using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using MilleCafes.Host.Webhooks.Sending;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>A place in the feed, as long as all cursors are and closed: who holds one learns neither how many events there are nor how to make another.</summary>
/// <remarks>The same place is always the same cursor, whichever host of the database gives it. Its first half proves the second, and hides it.</remarks>
internal sealed class FeedCursor(SecretSeal seal)
{
    private const int HalfBytes = 8;
    private const int Bytes = 2 * HalfBytes;
    private const int Characters = 22;

    private readonly byte[] proving = seal.KeyFor("feed cursor, proof");
    private readonly byte[] hiding = seal.KeyFor("feed cursor, place");

    public string Of(long place)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var proof = bytes[..HalfBytes];
        var hidden = bytes[HalfBytes..];
        BinaryPrimitives.WriteInt64BigEndian(hidden, place);
        Mark(proving, hidden).CopyTo(proof);
        Cover(hidden, proof);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place behind a cursor, 0 when there is no cursor; null when the feed never gave it.</summary>
    public long? PlaceOf(string? cursor)
    {
        if (cursor is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[Bytes];
        if (cursor.Length != Characters || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written) || written != Bytes)
        {
            return null;
        }

        var proof = bytes[..HalfBytes];
        var hidden = bytes[HalfBytes..];
        Cover(hidden, proof);
        return CryptographicOperations.FixedTimeEquals(proof, Mark(proving, hidden)) ? BinaryPrimitives.ReadInt64BigEndian(hidden) : null;
    }

    // Done twice, it is undone
    private void Cover(Span<byte> place, ReadOnlySpan<byte> proof)
    {
        var cover = Mark(hiding, proof);
        for (var index = 0; index < HalfBytes; index++)
        {
            place[index] ^= cover[index];
        }
    }

    private static ReadOnlySpan<byte> Mark(byte[] key, ReadOnlySpan<byte> text) => HMACSHA256.HashData(key, text).AsSpan(0, HalfBytes);
}
