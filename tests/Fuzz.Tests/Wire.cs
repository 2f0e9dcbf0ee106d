using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace MilleCafes.Fuzz.Tests;

/// <summary>A request as it goes over the wire, so that it can be told and sent again.</summary>
/// <param name="Kind">What was done to a request that would have been right.</param>
/// <param name="Target">Path and query, exactly so.</param>
internal sealed record Wire(string Kind, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, string? ContentType, byte[]? Body)
{
    private const int Shown = 400;

    public HttpRequestMessage ToMessage(Uri host)
    {
        // As written: a path with dots, or an escape that is none, is to arrive as it is
        var address = new Uri(host.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), address);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        foreach (var (name, value) in Headers)
        {
            if (name.StartsWith("Content-", StringComparison.Ordinal))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
            else if (name == "Authorization" && AuthenticationHeaderValue.TryParse(value, out var known))
            {
                message.Headers.Authorization = known;
            }
            else
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    public override string ToString()
    {
        var text = new StringBuilder($"[{Kind}] {Method} {Cut(Target)}");
        foreach (var (name, value) in Headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n      {name}: {Cut(Escaped(value))}");
        }

        return Body is null ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"\n      Content-Type: {ContentType}\n      {Body.Length} bytes: {Cut(Escaped(Encoding.UTF8.GetString(Body)))}").ToString();
    }

    private static string Cut(string text) => text.Length > Shown ? text[..Shown] + "…" : text;

    private static string Escaped(string text) => string.Concat(text.Take(Shown + 1).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? $"\\u{(int)character:x4}" : $"{character}"));
}
