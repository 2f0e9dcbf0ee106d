using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Tokens;

/// <summary>An hour's access, got for a key; it ends with the key, and with the client.</summary>
internal sealed record AccessToken : Document, IVisible<AccessToken>
{
    public const string Mark = "mct_";

    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public required Guid KeyId { get; init; }

    [Unaudited("It recognises the token")]
    public required string Hash { get; init; }

    public required ImmutableArray<string> Scopes { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static Expression<Func<AccessToken, bool>>? VisibleTo(Holder holder) => null;

    public static (AccessToken Token, string Secret) Issue(ApiKey key, ImmutableArray<string> scopes, DateTimeOffset now)
    {
        var secret = ApiKey.NewSecret(Mark);
        var end = now + Life;
        return (
            new AccessToken { Id = Guid.CreateVersion7(now), KeyId = key.Id, Hash = ApiKey.HashOf(secret), Scopes = scopes, ExpiresAt = key.ExpiresAt < end ? key.ExpiresAt.Value : end },
            secret);
    }
}
