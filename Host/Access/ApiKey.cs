using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>A key to the API. The key itself is told once and never kept: only its hash is.</summary>
internal sealed record ApiKey : Document
{
    public const string Mark = "mck_";

    /// <summary>SHA-256 of the key, in hexadecimal; 256 random bits need no slower hash.</summary>
    public required string Hash { get; init; }

    /// <summary>The first characters of the key, enough to recognise it by.</summary>
    public required string Prefix { get; init; }

    public required string Owner { get; init; }

    public required ImmutableArray<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A new key and the secret that its holder gets, this once.</summary>
    public static (ApiKey Key, string Secret) Create(Guid id, string owner, ImmutableArray<string> scopes, DateTimeOffset now)
    {
        var secret = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new ApiKey { Id = id, Hash = HashOf(secret), Prefix = secret[..(Mark.Length + 6)], Owner = owner, Scopes = scopes, CreatedAt = now }, secret);
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
