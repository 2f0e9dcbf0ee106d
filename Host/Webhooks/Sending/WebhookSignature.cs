using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>The symmetric signature of Standard Webhooks 1.0.0.</summary>
internal static class WebhookSignature
{
    private const string Mark = "whsec_";
    private const int MinimumBytes = 24;
    private const int MaximumBytes = 64;

    public static string NewSecret() => Mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The header <c>webhook-signature</c> of a body sent at <paramref name="timestamp"/> (Unix seconds).</summary>
    public static string Sign(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hash.AppendData(body);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    private static byte[] KeyOf(string secret)
    {
        if (!secret.StartsWith(Mark, StringComparison.Ordinal))
        {
            throw new ArgumentException($"A secret starts with {Mark}.", nameof(secret));
        }

        return Convert.FromBase64String(secret[Mark.Length..]) is { Length: >= MinimumBytes and <= MaximumBytes } key
            ? key
            : throw new ArgumentException($"A secret has {MinimumBytes} to {MaximumBytes} bytes.", nameof(secret));
    }
}
