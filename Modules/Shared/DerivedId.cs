using System.Security.Cryptography;
using System.Text;

namespace MilleCafes.Shared;

/// <summary>Ids derived from the message that caused a document, so that a replay finds what the first play made.</summary>
public static class DerivedId
{
    /// <summary>A UUIDv7 of <paramref name="instant"/> whose random bits are a hash of the cause and the purpose: same cause, same id, and lists stay in the order of time.</summary>
    public static Guid From(Guid cause, string purpose, DateTimeOffset instant)
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(instant).TryWriteBytes(id, bigEndian: true, out _);
        var hash = SHA256.HashData([.. cause.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(purpose)]);
        hash.AsSpan(0, 10).CopyTo(id[6..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
