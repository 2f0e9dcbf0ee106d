using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>The two ways of signing of Standard Webhooks 1.0.0.</summary>
internal enum SignatureScheme
{
    /// <summary>HMAC-SHA256 with a secret that both sides know.</summary>
    V1,

    /// <summary>Ed25519: the subscriber knows the public key only, and so cannot sign.</summary>
    V1a,
}

/// <summary>Secrets, public keys and signatures, in the forms of Standard Webhooks.</summary>
internal static class WebhookSignature
{
    private const string SecretMark = "whsec_";
    private const string PublicMark = "whpk_";
    private const int SecretBytes = 32;

    /// <summary>A new secret: the key of an HMAC, or the seed of an Ed25519 pair.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static string SecretText(byte[] secret) => SecretMark + Convert.ToBase64String(secret);

    public static string PublicKeyText(byte[] seed) => PublicMark + Convert.ToBase64String(new Ed25519PrivateKeyParameters(seed, 0).GeneratePublicKey().GetEncoded());

    /// <summary>One signature of a body sent at <paramref name="timestamp"/> (Unix seconds).</summary>
    public static string Sign(SignatureScheme scheme, byte[] secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return scheme == SignatureScheme.V1 ? $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}" : $"v1a,{Convert.ToBase64String(Ed25519(secret, signed))}";
    }

    private static byte[] Ed25519(byte[] seed, byte[] signed)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, new Ed25519PrivateKeyParameters(seed, 0));
        signer.BlockUpdate(signed, 0, signed.Length);
        return signer.GenerateSignature();
    }
}
