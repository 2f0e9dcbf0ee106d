using Microsoft.OpenApi;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>The key that opens operations, and the scope that each asks for.</summary>
internal static class Security
{
    public const string Scheme = "Bearer";

    public static OpenApiSecurityScheme Describe(DocumentLanguage language) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "mck_…",
        Description = language.Choose(
            "Une clé (`mck_…`), à coller une fois.",
            "A key (`mck_…`), to be pasted once."),
    };

    // Scopes inside a requirement are OAuth's: those of a key are told by the description
    public static List<OpenApiSecurityRequirement> Require(OperationScope? scope, OpenApiDocument? document) =>
        scope is null ? [] : [new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];

    public static string Note(OperationScope? scope, DocumentLanguage language) => scope is null
        ? language.Choose("Ouvert à tous, sans clé.", "Open to all, without a key.")
        : language.Choose($"Portée de la clé : `{scope.Scope}`.", $"Scope of the key: `{scope.Scope}`.");
}
