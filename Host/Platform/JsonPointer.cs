using System.Text;

namespace MilleCafes.Host.Platform;

/// <summary>Writes JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Of(string name) => "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Translates a path of the serializer: « $.contact['a.b'][2] » becomes « /contact/a.b/2 ».</summary>
    public static string FromPath(string path)
    {
        var pointer = new StringBuilder();
        var rest = path.AsSpan(1);
        while (!rest.IsEmpty)
        {
            var (from, to, next) = rest switch
            {
                ['[', '\'', ..] when rest.IndexOf("']") is > 0 and var end => (2, end, end + 2),
                ['[', ..] when rest.IndexOf(']') is > 0 and var end => (1, end, end + 1),
                _ => rest[1..].IndexOfAny('.', '[') is >= 0 and var length ? (1, length + 1, length + 1) : (1, rest.Length, rest.Length),
            };
            pointer.Append(Of(rest[from..to].ToString()));
            rest = rest[next..];
        }

        return pointer.ToString();
    }
}
