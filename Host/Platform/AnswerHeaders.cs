using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>The headers of every answer, those of a fault included: what browsers and caches may do with it, and its language.</summary>
internal static class AnswerHeaders
{
    private const string NothingElse = "default-src 'none'; frame-ancestors 'none'";
    private const string NotKept = "no-store";
    private const string OneYear = "max-age=31536000";

    // At the last moment: a fault clears what was written before it
    public static Task Write(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(static state => Complete((HttpContext)state), http);
        return next(http);
    }

    /// <summary>Announces the end of an operation.</summary>
    public static Task WriteDeprecation(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<OperationDeprecation>() is { } deprecation)
        {
            http.Response.OnStarting(() => Announce(http.Response.Headers, deprecation));
        }

        return next(http);
    }

    private static Task Announce(IHeaderDictionary headers, OperationDeprecation deprecation)
    {
        headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{deprecation.Since.ToUnixTimeSeconds()}");
        if (deprecation.Sunset is { } sunset)
        {
            headers["Sunset"] = sunset.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        }

        if (deprecation.Successor is { } successor)
        {
            headers.Link = StringValues.Concat(headers.Link, $"<{successor}>; rel=\"successor-version\"");
        }

        return Task.CompletedTask;
    }

    private static Task Complete(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = headers.Vary is { Count: > 0 } vary ? StringValues.Concat(VaryOf(http), vary) : VaryOf(http);
        Suggest(headers, HeaderNames.ContentLanguage, http.Features.GetRequiredFeature<IRequestCultureFeature>().RequestCulture.UICulture.TwoLetterISOLanguageName);
        Suggest(headers, HeaderNames.ContentSecurityPolicy, NothingElse);
        Suggest(headers, "Referrer-Policy", "no-referrer");
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            headers.CacheControl = NotKept;
        }

        Suggest(headers, HeaderNames.CacheControl, CacheControlOf(http));
        if (http.Features.Get<RateTold>() is { } rate)
        {
            (headers["RateLimit-Policy"], headers["RateLimit"]) = (rate.Policy, rate.Limit);
        }

        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = OneYear;
        }

        if (HttpProtocol.IsHttp11(http.Request.Protocol) && IsLeftUnread(http))
        {
            headers.Connection = "close";
        }

        return Task.CompletedTask;
    }

    // The server does not listen to the end of a body that is too long: who sent it is told, lest the next request goes the same way and meets silence
    private static bool IsLeftUnread(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status413PayloadTooLarge || http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static string VaryOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<OperationText>() is null ? "Accept-Language" : "Accept, Accept-Language";

    // What was read may be kept by who read it, and asked for again by its tag; anything else is nobody's to keep
    private static string CacheControlOf(HttpContext http) => http switch
    {
        _ when !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) => NotKept,
        _ when http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null => "no-cache",
        _ => "private, no-cache",
    };

    private static void Suggest(IHeaderDictionary headers, string name, string value)
    {
        if (!headers.ContainsKey(name))
        {
            headers[name] = value;
        }
    }
}
