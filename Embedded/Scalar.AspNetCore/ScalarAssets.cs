using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Scalar.AspNetCore;

/// <summary>A file of the page, kept in the assembly; its address changes with its content, so browsers keep it for good.</summary>
internal sealed class ScalarAsset
{
    private readonly bool compressed;
    private readonly Lazy<string> version;

    public ScalarAsset(string name, string contentType, bool compressed)
    {
        (Name, ContentType, this.compressed) = (name, contentType, compressed);
        // A host that shows nobody its reference has none of it in memory
        version = new(() =>
        {
            using var content = Open();
            return Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        });
    }

    public string Name { get; }

    public string VersionedName => $"{Name}?v={Version}";

    private string ContentType { get; }

    private string Version => version.Value;

    public async Task WriteAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        // Weak: the same content is sent compressed or not
        var tag = new EntityTagHeaderValue($"\"{Version}\"", isWeak: true);
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
        await using var content = Open();
        if (compressed && !AcceptsGzip(request))
        {
            await using var plain = new GZipStream(content, CompressionMode.Decompress);
            await plain.CopyToAsync(response.Body, http.RequestAborted);
            return;
        }

        if (compressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentLength = content.Length;
        await content.CopyToAsync(response.Body, http.RequestAborted);
    }

    private Stream Open() => typeof(ScalarAsset).Assembly.GetManifestResourceStream(compressed ? Name + ".gz" : Name)
        ?? throw new InvalidOperationException($"{Name} is missing from the assembly.");

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}

internal static class ScalarAssets
{
    public static readonly ScalarAsset Bundle = new("scalar.js", "text/javascript; charset=utf-8", compressed: true);
    public static readonly ScalarAsset Start = new("start.js", "text/javascript; charset=utf-8", compressed: false);
    public static readonly ScalarAsset Licence = new("scalar.LICENSE.txt", "text/plain; charset=utf-8", compressed: false);
}
