using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Scalar.AspNetCore;

/// <summary>A file of the page, kept in the assembly; its address changes with its content, so browsers keep it for good.</summary>
internal sealed class ScalarAsset
{
    private readonly byte[] content;
    private readonly bool compressed;
    private readonly EntityTagHeaderValue tag;

    private ScalarAsset(string name, string contentType, byte[] content, bool compressed)
    {
        (Name, ContentType, this.content, this.compressed) = (name, contentType, content, compressed);
        Version = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        // Weak: the same content is sent compressed or not
        tag = new($"\"{Version}\"", isWeak: true);
    }

    public string Name { get; }

    public string VersionedName => $"{Name}?v={Version}";

    private string ContentType { get; }

    private string Version { get; }

    public static ScalarAsset Read(string name, string contentType, bool compressed)
    {
        using var resource = typeof(ScalarAsset).Assembly.GetManifestResourceStream(compressed ? name + ".gz" : name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return new(name, contentType, memory.ToArray(), compressed);
    }

    public async Task WriteAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        response.GetTypedHeaders().ETag = tag;
        response.Headers.CacheControl = request.Query["v"] == Version ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = ContentType;
        if (compressed && !AcceptsGzip(request))
        {
            await using var plain = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            await plain.CopyToAsync(response.Body, http.RequestAborted);
            return;
        }

        if (compressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, http.RequestAborted);
    }

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}

internal static class ScalarAssets
{
    public static readonly ScalarAsset Bundle = ScalarAsset.Read("scalar.js", "text/javascript; charset=utf-8", compressed: true);
    public static readonly ScalarAsset Start = ScalarAsset.Read("start.js", "text/javascript; charset=utf-8", compressed: false);
    public static readonly ScalarAsset Licence = ScalarAsset.Read("scalar.LICENSE.txt", "text/plain; charset=utf-8", compressed: false);
}
