using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace MilleCafes.Shared;

/// <summary>How a revision is written into an entity tag: its number, then what else tells representations apart, « "3-fr" ».</summary>
public static class RevisionTag
{
    /// <summary>The tag of a representation in the language of the current request.</summary>
    public static string Write(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}-{Language.Choose("fr", "en")}\"");

    /// <summary>The revision in a tag; null when it is none of ours.</summary>
    public static long? Parse(StringSegment tag)
    {
        var text = tag.AsSpan().Trim('"');
        var end = text.IndexOf('-');
        return long.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
    }
}
