using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Scalar.AspNetCore;

/// <summary>Serves the reference.</summary>
public static class ScalarEndpointRouteBuilderExtensions
{
    private const string DefaultPrefix = "/scalar";

    /// <summary>Serves the reference at <c>/scalar</c>.</summary>
    public static IEndpointConventionBuilder MapScalarApiReference(this IEndpointRouteBuilder endpoints, Action<ScalarOptions> configureOptions) =>
        endpoints.MapScalarApiReference(DefaultPrefix, configureOptions);

    /// <summary>Serves the reference below <paramref name="endpointPrefix"/>.</summary>
    public static IEndpointConventionBuilder MapScalarApiReference(
        this IEndpointRouteBuilder endpoints, string endpointPrefix, Action<ScalarOptions> configureOptions)
    {
        if (endpointPrefix.Contains("{documentName}", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("The prefix must not contain {documentName}.", nameof(endpointPrefix));
        }

        var options = new ScalarOptions();
        configureOptions(options);
        var prefix = "/" + endpointPrefix.Trim('/');
        var group = endpoints.MapGroup(prefix).ExcludeFromDescription();
        foreach (var asset in new[] { ScalarAssets.Bundle, ScalarAssets.Start, ScalarAssets.Licence })
        {
            group.MapGet(asset.Name, asset.WriteAsync);
        }

        group.MapGet("{documentName?}", (HttpContext http, string? documentName) =>
        {
            if (documentName is null && http.Request.Path.Value?.EndsWith('/') is not true)
            {
                return Results.Redirect($"{http.Request.PathBase}{prefix}/{http.Request.QueryString}");
            }

            var nonce = options.DynamicNonce ? Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)) : null;
            http.Response.Headers.ContentSecurityPolicy = ScalarPage.ContentSecurityPolicy(nonce);
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Content(ScalarPage.Html(options, documentName, http.Request.PathBase, http.Request.PathBase + prefix, nonce), "text/html; charset=utf-8");
        });
        return group;
    }
}
