using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MilleCafes.Host.Platform;

/// <summary>The first answer to a request, kept for those that repeat it.</summary>
internal sealed record StoredAnswer(int Status, string? ContentType, string? Location, string? ETag, string Language, byte[] Body)
{
    public static StoredAnswer Of(HttpResponse response, byte[] body) =>
        new(response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, Shared.Language.Choose("fr", "en"), body);

    /// <summary>Answers with it once more, and says so.</summary>
    public async Task ReplayAsync(HttpContext http)
    {
        var response = http.Response;
        (response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, response.Headers.ContentLanguage) = (Status, ContentType, Location, ETag, Language);
        response.Headers["Idempotent-Replayed"] = "true";
        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, http.RequestAborted);
        }
    }
}

/// <summary>An <c>Idempotency-Key</c> of one holder, as the database knows it: hashed, and its answer encrypted with what only the holder sends.</summary>
/// <remarks>Answers hold persons and secrets that are shown once; a copy of the database does not tell them.</remarks>
internal sealed class IdempotencyKey(string holder, string key)
{
    private const int TagBytes = 16;
    private const int NonceBytes = 12;

    private readonly byte[] secret = Digest("answer", holder, key);

    /// <summary>Its identity in the database.</summary>
    public byte[] Id { get; } = Digest("key", holder, key);

    public byte[] Encrypt(StoredAnswer answer)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(answer);
        var sealedAnswer = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedAnswer.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cryptography = new AesGcm(secret, TagBytes);
        cryptography.Encrypt(nonce, plain, sealedAnswer.AsSpan(NonceBytes + TagBytes), sealedAnswer.AsSpan(NonceBytes, TagBytes));
        return sealedAnswer;
    }

    public StoredAnswer Decrypt(ReadOnlySpan<byte> sealedAnswer)
    {
        var plain = new byte[sealedAnswer.Length - NonceBytes - TagBytes];
        using var cryptography = new AesGcm(secret, TagBytes);
        cryptography.Decrypt(sealedAnswer[..NonceBytes], sealedAnswer[(NonceBytes + TagBytes)..], sealedAnswer[NonceBytes..(NonceBytes + TagBytes)], plain);
        return JsonSerializer.Deserialize<StoredAnswer>(plain)!;
    }

    private static byte[] Digest(string purpose, string holder, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\0{holder}\0{key}"));
}
