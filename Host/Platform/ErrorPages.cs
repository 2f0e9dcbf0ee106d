using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>The pages that the « type » of a problem leads to: what a code means, who can give it and what to do; and the list of all codes.</summary>
internal static class ErrorPages
{
    private const string Style = "body{font:1rem/1.5 system-ui;max-width:48rem;margin:3rem auto;padding:0 1rem}dt{margin-top:.7rem}dd{margin:0}";

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'";

    public static void MapErrorPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/errors", IResult (ErrorCatalogue catalogue, HttpContext http) =>
            Answer(http, Language.Choose("Codes d'erreur", "Error codes"), Index(catalogue))).ExcludeFromDescription().AllowAnonymous();
        endpoints.MapGet("/errors/{code}", IResult (string code, ErrorCatalogue catalogue, HttpContext http) =>
            catalogue.Find(code) is { } found ? Answer(http, code, Page(found)) : new ProblemResult(PlatformErrors.RouteUnknown)).ExcludeFromDescription().AllowAnonymous();
    }

    private static ContentHttpResult Answer(HttpContext http, string title, string content)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return TypedResults.Content(
            $"""
            <!doctype html><html lang="{Language.Choose("fr", "en")}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Text(title)}</title>
            <style>{Style}</style>
            {content}
            """,
            "text/html; charset=utf-8");
    }

    private static string Index(ErrorCatalogue catalogue) => $"""
        <h1>{Language.Choose("Codes d'erreur", "Error codes")}</h1>
        <p>{Language.Choose("Le « code » d'un refus ne change pas ; sa page dit qui peut le donner et que faire.", "The “code” of a refusal does not change; its page tells who can give it and what to do.")}</p>
        <dl>
        {Lines(catalogue.All, entry => $"<dt><a href=\"/errors/{entry.Error.Code}\"><code>{entry.Error.Code}</code></a> · {entry.Status}</dt><dd>{Text(entry.Error.Text)}</dd>")}
        </dl>
        <h2 id="fields">{Language.Choose("Codes de champs", "Codes of fields")}</h2>
        <p>{Language.Choose("Ce que « errors » dit de chaque champ d'une requête mal formée.", "What “errors” says of each field of a malformed request.")}</p>
        <dl>
        {Lines(FieldCodes.All, code => $"<dt id=\"{code.Code}\"><code>{code.Code}</code></dt><dd>{Text(Language.Choose(code.French, code.English))}</dd>")}
        </dl>
        """;

    private static string Page(CataloguedError entry) => $"""
        <p><a href="/errors">{Language.Choose("Tous les codes", "All codes")}</a></p>
        <h1><code>{entry.Error.Code}</code></h1>
        <p>HTTP {entry.Status} · {Text(ProblemResult.TitleOf(entry.Status))}</p>
        <h2>{Language.Choose("Ce qui s'est passé", "What happened")}</h2>
        <p>{Text(entry.Error.Text)}</p>
        <p lang="{Language.Choose("en", "fr")}"><small>{Text(Language.Choose(entry.Error.English, entry.Error.French))}</small></p>
        {(ErrorHints.Of(entry.Error, entry.Status) is { } hint ? $"<h2>{Language.Choose("Que faire", "What to do")}</h2>\n<p>{Text(hint)}</p>" : "")}
        <h2>{Language.Choose("Qui peut le dire", "Which operations can say so")}</h2>
        {Operations(entry)}
        """;

    private static string Operations(CataloguedError entry) => entry switch
    {
        { Everywhere: true } => $"<p>{Language.Choose("Toute opération.", "Any operation.")}</p>",
        { Operations.Count: 0 } => $"<p>{Language.Choose("Aucune opération en particulier : l'API le dit avant d'en choisir une.", "No operation in particular: the API says so before it chooses one.")}</p>",
        _ => $"<ul>\n{Lines(entry.Operations, one => $"<li><code>{Text(one.Address)}</code><br>{Text(Language.Choose(one.Text.French, one.Text.English))} (<code>{one.Name}</code>)</li>")}\n</ul>",
    };

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Join('\n', items.Select(line));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
