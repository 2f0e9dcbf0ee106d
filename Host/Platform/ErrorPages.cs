using System.Collections.Frozen;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>The page that the « type » of a problem leads to: what the code means, in both languages.</summary>
internal static class ErrorPages
{
    private const string Style = "body{font:1rem/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}";

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'";

    public static void MapErrorPages(this IEndpointRouteBuilder endpoints)
    {
        var catalogue = Discover(endpoints.ServiceProvider.GetRequiredService<ModuleCatalogue>().Assemblies);
        endpoints.MapGet("/errors/{code}", IResult (string code, HttpContext http) =>
        {
            if (!catalogue.TryGetValue(code, out var error))
            {
                return new ProblemResult(PlatformErrors.RouteUnknown);
            }

            http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            return TypedResults.Content(Page(error), "text/html; charset=utf-8");
        }).ExcludeFromDescription().AllowAnonymous();
    }

    /// <summary>Every error of every module: the public static fields of type <see cref="Error"/>.</summary>
    public static FrozenDictionary<string, Error> Discover(IEnumerable<Assembly> assemblies) => assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Name.EndsWith("Errors", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Where(field => field.FieldType == typeof(Error))
        .Select(field => (Error)field.GetValue(null)!)
        .ToFrozenDictionary(error => error.Code);

    private static string Page(Error error) => $"""
        <!doctype html><html lang="{Language.Choose("fr", "en")}"><meta charset="utf-8"><title>{error.Code}</title>
        <style>{Style}</style>
        <h1><code>{WebUtility.HtmlEncode(error.Code)}</code></h1>
        <p>HTTP {ProblemResult.StatusOf(error.Kind)}</p>
        <p lang="fr">{WebUtility.HtmlEncode(error.French)}</p><p lang="en">{WebUtility.HtmlEncode(error.English)}</p>
        """;
}
