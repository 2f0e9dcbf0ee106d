using System.Security.Cryptography;
using System.Text;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>Keeps the secrets that sign unreadable in the database, and answers that are kept: AES-256-GCM, each bound to its subscription or its key.</summary>
public sealed class SecretSeal
{
    internal const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] key;

    internal SecretSeal(byte[] key) => this.key = key;

    /// <summary>Tells keys apart without telling anything of them.</summary>
    internal string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(key))[..16];

    /// <summary>A key of its own for another purpose: it tells nothing of this one.</summary>
    internal byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: Encoding.UTF8.GetBytes(purpose));

    internal string Close(ReadOnlySpan<byte> secret, Guid subscription) => Convert.ToBase64String(Close(secret, Binding(subscription)));

    /// <summary>The secret; null when another key closed it, or for another subscription.</summary>
    internal byte[]? Open(string closed, Guid subscription) => Open(Convert.FromBase64String(closed), Binding(subscription));

    /// <param name="binding">What it belongs to: closed for one thing, it opens for no other.</param>
    internal byte[] Close(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> binding)
    {
        var result = new byte[NonceBytes + TagBytes + secret.Length];
        var closed = result.AsSpan();
        RandomNumberGenerator.Fill(closed[..NonceBytes]);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(closed[..NonceBytes], secret, closed[(NonceBytes + TagBytes)..], closed[NonceBytes..(NonceBytes + TagBytes)], binding);
        return result;
    }

    /// <summary>The secret; null when another key closed it, or for another thing.</summary>
    internal byte[]? Open(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> binding)
    {
        var secret = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes[NonceBytes..(NonceBytes + TagBytes)], secret, binding);
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Binding(Guid subscription) => subscription.ToByteArray(bigEndian: true);
}
