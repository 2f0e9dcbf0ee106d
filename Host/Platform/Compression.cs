using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace MilleCafes.Host.Platform;

/// <summary>Answers compressed for those who take it, each with an entity tag of its own as RFC 9110 wants.</summary>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    // Shorter ones grow, or gain nothing
    private const int WorthIt = 1024;

    private static readonly string[] Formats =
        ["application/json", "application/problem+json", "application/geo+json", "text/csv", "text/html", "text/calendar", "text/plain", "text/javascript"];

    private static readonly string[] Encodings = ["-br\"", "-gzip\""];

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, Compression>();
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddResponseCompression(options =>
        {
            // Safe over https: what is secret travels in requests only, and no page can make a browser send a key
            options.EnableForHttps = true;
            options.MimeTypes = Formats;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
    }

    /// <summary>Takes the encoding out of the tags that a client knows, so that nothing below has to know of it.</summary>
    public static Task ForgetEncodings(HttpContext http, RequestDelegate next)
    {
        var headers = http.Request.Headers;
        if (headers.IfNoneMatch is { Count: > 0 } known && Encodings.Any(known.ToString().Contains))
        {
            headers.IfNoneMatch = Encodings.Aggregate(known.ToString(), (tags, encoding) => tags.Replace(encoding, "\"", StringComparison.Ordinal));
            http.Response.OnStarting(() => RecallEncoding(http.Response, known));
        }

        return next(http);
    }

    public override bool ShouldCompressResponse(HttpContext context) => context.Response.ContentLength is null or >= WorthIt && base.ShouldCompressResponse(context);

    public override ICompressionProvider? GetCompressionProvider(HttpContext context)
    {
        var provider = base.GetCompressionProvider(context);
        if (provider is not null && context.Response.Headers.ETag is [['"', .., '"'] tag])
        {
            context.Response.Headers.ETag = $"{tag[..^1]}-{provider.EncodingName}\"";
        }

        return provider;
    }

    // « Not modified » names what the client has: its tag with its encoding
    private static Task RecallEncoding(HttpResponse response, StringValues known)
    {
        if (response is { StatusCode: StatusCodes.Status304NotModified, Headers.ETag: [['"', .., '"'] tag] }
            && Encodings.Select(encoding => tag[..^1] + encoding).FirstOrDefault(known.ToString().Contains) is { } encoded)
        {
            response.Headers.ETag = encoded;
        }

        return Task.CompletedTask;
    }
}
