using System.Buffers.Text;
using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Somebody was told that a key ends soon.</summary>
internal sealed record ExpiryNotice(int DaysBefore, DateTimeOffset At);

/// <summary>A key to the API. The key itself is told once and never kept: only its hash is.</summary>
internal sealed record ApiKey : Document, IVisible<ApiKey>
{
    public const string Mark = "mck_";

    /// <summary>How long before its end a key's holder is told of it, the longest first.</summary>
    public static readonly ImmutableArray<int> NoticeDays = [30, 7];

    /// <summary>Keys made before clients were kept are the administrator's.</summary>
    public Guid ClientId { get; init; } = FirstAdministratorKey.ClientId;

    /// <summary>SHA-256 of the key, in hexadecimal; 256 random bits need no slower hash.</summary>
    [Unaudited("It recognises the key")]
    public required string Hash { get; init; }

    /// <summary>The first characters of the key, enough to recognise it by.</summary>
    public required string Prefix { get; init; }

    public string? Description { get; init; }

    public required ImmutableArray<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key that takes its place, once rotated.</summary>
    public Guid? ReplacedBy { get; init; }

    public ImmutableArray<ExpiryNotice> Notices { get; init; } = [];

    public static Expression<Func<ApiKey, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId;
        return holder.IsStaff ? null : key => key.ClientId == own;
    }

    /// <summary>A new key and the secret that its holder gets, this once.</summary>
    public static (ApiKey Key, string Secret) Create(
        Guid id, Guid clientId, ImmutableArray<string> scopes, DateTimeOffset now, string? description = null, DateTimeOffset? expiresAt = null)
    {
        var secret = NewSecret(Mark);
        return (
            new ApiKey
            {
                Id = id, ClientId = clientId, Hash = HashOf(secret), Prefix = secret[..(Mark.Length + 6)], Description = description, Scopes = scopes, CreatedAt = now, ExpiresAt = expiresAt,
            },
            secret);
    }

    /// <summary>256 random bits that nobody has to type.</summary>
    public static string NewSecret(string mark) => mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public bool OpensAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    public Result<ApiKey> Revoke(DateTimeOffset now) => RevokedAt is null ? this with { RevokedAt = now } : KeyErrors.AlreadyRevoked;

    /// <summary>Lives on beside its successor until the overlap is over, and never longer than it would have.</summary>
    public Result<ApiKey> Rotate(Guid successor, TimeSpan overlap, DateTimeOffset now) => this switch
    {
        { RevokedAt: not null } => KeyErrors.AlreadyRevoked,
        { ReplacedBy: not null } => KeyErrors.AlreadyRotated,
        _ when !OpensAt(now) => KeyErrors.Expired,
        _ => this with { ReplacedBy = successor, ExpiresAt = ExpiresAt < now + overlap ? ExpiresAt : now + overlap },
    };

    /// <summary>The notice that is due and was not given: the shortest, when several are.</summary>
    public int? NoticeDue(DateTimeOffset now) =>
        OpensAt(now) && ReplacedBy is null && ExpiresAt is { } end
            && NoticeDays.Where(days => end - now <= TimeSpan.FromDays(days)).DefaultIfEmpty(int.MaxValue).Min() is var days and < int.MaxValue
            && Notices.All(given => given.DaysBefore > days)
            ? days
            : null;

    public ApiKey Notify(int days, DateTimeOffset now) => this with { Notices = Notices.Add(new(days, now)) };
}

/// <summary>When a key was last used; apart from the key, which it does not change.</summary>
internal sealed record KeyUse(Guid Id, DateTimeOffset LastUsedAt);

/// <summary>A key of the client ends soon.</summary>
public sealed record AccessKeyExpiring(Guid KeyId, Guid ClientId, string Prefix, DateTimeOffset ExpiresAt, int DaysLeft, DateTimeOffset NoticedAt);
