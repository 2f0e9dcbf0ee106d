using System.IO.Compression;

namespace MilleCafes.Testing.Contract;

/// <summary>Reads what was sent compressed, and leaves the answer as the test is to get it.</summary>
internal static class Decompression
{
    /// <returns>The same answer in plain; null when it was sent so.</returns>
    public static async Task<HttpResponseMessage?> OfAsync(HttpResponseMessage answer, CancellationToken token)
    {
        if (answer.Content.Headers.ContentEncoding.Count == 0)
        {
            return null;
        }

        // Buffered by the content itself, so that it can be read again
        var sent = await answer.Content.ReadAsByteArrayAsync(token);
        var plain = new HttpResponseMessage(answer.StatusCode) { Content = new ByteArrayContent(await PlainAsync(sent, answer.Content.Headers.ContentEncoding.Single(), token)) };
        foreach (var header in answer.Headers)
        {
            plain.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        foreach (var header in answer.Content.Headers.Where(header => header.Key is not ("Content-Encoding" or "Content-Length")))
        {
            plain.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return plain;
    }

    private static async Task<byte[]> PlainAsync(byte[] sent, string encoding, CancellationToken token)
    {
        // Nothing is sent in answer to HEAD
        if (sent.Length == 0)
        {
            return sent;
        }

        using var source = new MemoryStream(sent);
        await using Stream stream = encoding switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            _ => throw new NotSupportedException($"The check of answers does not know the encoding « {encoding} »: teach it."),
        };
        using var plain = new MemoryStream();
        await stream.CopyToAsync(plain, token);
        return plain.ToArray();
    }
}
