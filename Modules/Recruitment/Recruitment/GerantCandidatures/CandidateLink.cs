using System.Buffers.Text;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What a link in a mail lets its reader do.</summary>
internal enum LinkPurpose
{
    Confirmation,
    Withdrawal,

    /// <summary>A copy of all that is known of the candidate.</summary>
    Copy,
    Erasure,

    /// <summary>A choice of a slot; it serves until one is agreed.</summary>
    Interview,
}

/// <summary>A link in a candidate's mail: it opens one act, once, to whoever has it.</summary>
[Unaudited("Mails make them; the act that one opens is audited.")]
internal sealed record CandidateLink : Document, IVisible<CandidateLink>
{
    private const int TokenBytes = 32;

    public required Guid CandidatureId { get; init; }

    public LinkPurpose Purpose { get; init; }

    /// <summary>The interview that a slot is chosen for.</summary>
    public Guid? InterviewId { get; init; }

    /// <summary>Recognises the token, which is in the mail alone.</summary>
    [Unaudited("It recognises a link, and tells a reader nothing.")]
    public required string Hash { get; init; }

    /// <summary>Null for one that opens as long as its candidature is kept.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public static Expression<Func<CandidateLink, bool>>? VisibleTo(Holder holder)
    {
        var opened = holder.Opened ?? Guid.Empty;
        return holder.Kind == HolderKind.Public ? link => link.CandidatureId == opened || link.InterviewId == opened : Visibility.None<CandidateLink>();
    }

    /// <returns>The link and its token, which nobody can tell again.</returns>
    public static (CandidateLink Link, string Token) Make(Guid candidature, LinkPurpose purpose, DateTimeOffset? expiresAt, DateTimeOffset now, Guid? interview = null)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        return (new() { Id = Guid.CreateVersion7(now), CandidatureId = candidature, Purpose = purpose, InterviewId = interview, Hash = HashOf(token), ExpiresAt = expiresAt }, token);
    }

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Opens the act, unless it did before or its time is over.</summary>
    public Result<CandidateLink> Use(DateTimeOffset now) =>
        UsedAt is not null ? GerantCandidatureErrors.LinkUsed
        : ExpiresAt <= now ? GerantCandidatureErrors.LinkExpired
        : this with { UsedAt = now };
}
