using System.Security.Cryptography;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>Keeps the secrets that sign unreadable in the database: AES-256-GCM, each bound to its subscription.</summary>
public sealed class SecretSeal
{
    internal const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] key;

    internal SecretSeal(byte[] key) => this.key = key;

    /// <summary>Tells keys apart without telling anything of them.</summary>
    internal string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(key))[..16];

    internal string Close(ReadOnlySpan<byte> secret, Guid subscription)
    {
        Span<byte> closed = new byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(closed[..NonceBytes]);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(closed[..NonceBytes], secret, closed[(NonceBytes + TagBytes)..], closed[NonceBytes..(NonceBytes + TagBytes)], Binding(subscription));
        return Convert.ToBase64String(closed);
    }

    /// <summary>The secret; null when another key closed it, or for another subscription.</summary>
    internal byte[]? Open(string closed, Guid subscription)
    {
        ReadOnlySpan<byte> bytes = Convert.FromBase64String(closed);
        var secret = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes[NonceBytes..(NonceBytes + TagBytes)], secret, Binding(subscription));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Binding(Guid subscription) => subscription.ToByteArray(bigEndian: true);
}
