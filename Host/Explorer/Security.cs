using Microsoft.OpenApi;
using MilleCafes.Host.Access;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>The keys and tokens that open operations, and the scope that each operation asks for.</summary>
internal static class Security
{
    public const string Scheme = "Bearer";
    private const string Tokens = "ClientCredentials";
    private const string TokenPath = "/oauth/token";

    /// <summary>What can be sent as <c>Authorization</c>; tokens too when this host gives them.</summary>
    public static Dictionary<string, IOpenApiSecurityScheme> Describe(IServiceProvider services, DocumentLanguage language)
    {
        var schemes = new Dictionary<string, IOpenApiSecurityScheme> { [Scheme] = Key(language) };
        if (GivesTokens(services))
        {
            schemes[Tokens] = Token(services.GetRequiredService<ModuleCatalogue>(), language);
        }

        return schemes;
    }

    // Scopes inside a requirement are OAuth's: those of a key are told by the description
    public static List<OpenApiSecurityRequirement> Require(OperationScope? scope, OpenApiDocument? document, IServiceProvider services) => scope switch
    {
        null => [],
        _ when GivesTokens(services) => [Requirement(Scheme, [], document), Requirement(Tokens, [scope.Scope], document)],
        _ => [Requirement(Scheme, [], document)],
    };

    public static string Note(OperationScope? scope, OperationHolders? holders, DocumentLanguage language)
    {
        if (scope is null)
        {
            return language.Choose("Ouvert à tous, sans clé.", "Open to all, without a key.");
        }

        var note = language.Choose($"Portée de la clé : `{scope.Scope}`.", $"Scope of the key: `{scope.Scope}`.");
        return holders is { Kinds: { Count: > 0 } kinds }
            ? $"{note} {language.Choose("Ouvert aux détenteurs", "Open to holders of kind")} {string.Join(", ", kinds.Select(kind => $"`{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{kind}")}`"))}."
            : note;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, List<string> scopes, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = scopes };

    private static bool GivesTokens(IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(endpoint => endpoint.RoutePattern.RawText == TokenPath);

    private static OpenApiSecurityScheme Key(DocumentLanguage language) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "mck_…",
        Description = language.Choose(
            "Une clé (`mck_…`), à coller une fois.",
            "A key (`mck_…`), to be pasted once."),
    };

    private static OpenApiSecurityScheme Token(ModuleCatalogue catalogue, DocumentLanguage language) => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Description = language.Choose("Un jeton d'une heure, pour le même client.", "A token for one hour, for the same client."),
        Flows = new()
        {
            ClientCredentials = new()
            {
                TokenUrl = new(TokenPath, UriKind.Relative),
                Scopes = Scopes.All(catalogue).ToDictionary(scope => scope, scope => Explain(scope, language)),
            },
        },
    };

    private static string Explain(string scope, DocumentLanguage language) => scope.Split(':') switch
    {
        [var module, "read"] => language.Choose($"Lire : {module}", $"Read: {module}"),
        [var module, "write"] => language.Choose($"Écrire : {module}", $"Write: {module}"),
        [var module, ..] => language.Choose($"Gérer : {module}", $"Manage: {module}"),
        _ => scope,
    };
}
