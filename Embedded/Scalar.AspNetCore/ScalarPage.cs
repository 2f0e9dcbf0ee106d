using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Scalar.AspNetCore;

/// <summary>The page: the bundle, and the configuration that it starts with.</summary>
internal static class ScalarPage
{
    // The default encoder escapes « < », so that the JSON cannot leave its script element
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Html(ScalarOptions options, string? documentName, string pathBase, string folder, string? nonce)
    {
        var mark = nonce is null ? "" : $" nonce=\"{nonce}\"";
        return $"""
            <!doctype html>
            <html lang="{Locale(Shown(options, documentName).First().Title) ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{WebUtility.HtmlEncode(options.Title)}</title>
              {options.HeadContent}
            </head>
            <body>
              <div id="app"></div>
              <script id="configuration" type="application/json">{Configuration(options, documentName, pathBase)}</script>
              <script src="{folder}/{ScalarAssets.Bundle.VersionedName}"{mark}></script>
              <script src="{folder}/{ScalarAssets.Start.VersionedName}"{mark}></script>
            </body>
            </html>
            """;
    }

    /// <summary>Nothing but this application is asked for anything; styles are the bundle's, which writes them into the page.</summary>
    public static string ContentSecurityPolicy(string? nonce)
    {
        var scripts = "'self'" + (nonce is null ? "" : $" 'nonce-{nonce}'");
        return $"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            + "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static string Configuration(ScalarOptions options, string? documentName, string pathBase) => JsonSerializer.Serialize(
        new
        {
            Sources = Shown(options, documentName).Select(document => new
            {
                Url = pathBase + (document.RoutePattern ?? options.RoutePattern).Replace("{documentName}", document.Name, StringComparison.Ordinal),
                Title = document.Title ?? document.Name,
                Slug = document.Name,
                Default = document.IsDefault,
                Localization = Locale(document.Title) is { } locale ? new { Locale = locale } : null,
            }),
            Theme = Name(options.Theme),
            DefaultHttpClient = options.DefaultHttpClient is { } client ? new { TargetKey = Name(client.Target), ClientKey = Name(client.Client) } : null,
            Authentication = options.PreferredSecuritySchemes.Count == 0 ? null : new { PreferredSecurityScheme = options.PreferredSecuritySchemes },
            OrderSchemaPropertiesBy = "preserve",
            // Everything that would ask another machine for something, or sell something
            Telemetry = false,
            WithDefaultFonts = false,
            Agent = new { Disabled = true },
            Mcp = new { Disabled = true },
            HideClientButton = true,
            ShowDeveloperTools = "never",
            _integration = "dotnet",
        },
        Json);

    private static IEnumerable<ScalarDocument> Shown(ScalarOptions options, string? documentName) =>
        documentName is null
            ? options.Documents is { Count: > 0 } documents ? documents : [new("v1", null, null, true)]
            : [options.Documents.FirstOrDefault(document => document.Name == documentName) ?? new(documentName, null, null, true)];

    private static string? Locale(string? title) => title is null ? null : CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .FirstOrDefault(culture => culture.Name.Length == 2 && culture.NativeName.Equals(title, StringComparison.OrdinalIgnoreCase))?.Name;

    private static string Name(Enum value) => value switch
    {
        ScalarTarget or ScalarClient => value.ToString().ToLowerInvariant(),
        _ => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()),
    };
}
