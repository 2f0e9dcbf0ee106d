using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MilleCafes.Shared;

/// <summary>Names the bytes of an answer, so that who has them already need not get them again.</summary>
/// <remarks>« "3-fr-9f86d081884c7d65" »: the revision where there is one, for « If-Match »; the language; and a hash, since what one holder sees of a revision another may not.</remarks>
public static class EntityTag
{
    private const int HashBytes = 8;

    public static string Of(ReadOnlySpan<byte> content, long? revision = null)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        var (language, digest) = (Language.Choose("fr", "en"), Convert.ToHexStringLower(hash[..HashBytes]));
        return revision is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"\"{known}-{language}-{digest}\"")
            : $"\"{language}-{digest}\"";
    }

    /// <summary>Whether the request says that it has this already (<c>If-None-Match</c>, RFC 9110).</summary>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        if (request.Headers.IfNoneMatch is not { Count: > 0 } known)
        {
            return false;
        }

        var own = new EntityTagHeaderValue(tag);
        return EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(own, useStrongComparison: false));
    }

    /// <summary>The revision that a tag names; null when it is none of ours.</summary>
    public static long? RevisionIn(StringSegment tag)
    {
        var text = tag.AsSpan().Trim('"');
        var end = text.IndexOf('-');
        return long.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
    }
}
