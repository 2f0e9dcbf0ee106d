using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MilleCafes.Host.Webhooks.Events;

namespace MilleCafes.Host.Explorer;

/// <summary>The document's own texts, and its operations in the order of a café's life.</summary>
internal sealed class DocumentTexts(DocumentLanguage language) : IOpenApiDocumentTransformer
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = language.Choose("API de Mille Cafés", "Mille Cafés API"),
            Version = "1.0.0",
            Contact = new() { Name = "Mille Cafés" },
            License = new()
            {
                Name = language.Choose("Registre des communes : Licence Ouverte 2.0", "Registry of communes: Licence Ouverte 2.0"),
                Url = new("https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
            },
            Description = language.Choose(
                """
                Ouvrir, suivre et faire grandir des cafés multiservices dans les communes de moins de 3 500 habitants.

                Collez votre clé une fois sous « Authentification », choisissez une opération, puis « Tester la requête ».
                Un champ ou un paramètre inconnu est refusé ; chaque refus est un document `application/problem+json`
                dont le `code` ne change pas.
                """,
                """
                Opening, following and growing multi-service cafés in communes of fewer than 3,500 inhabitants.

                Paste your key once under “Authentication”, choose an operation, then “Test Request”.
                An unknown field or parameter is refused; every refusal is an `application/problem+json` document
                whose `code` does not change.
                """),
        };
        document.Servers = [new() { Url = "/", Description = language.Choose("Ce serveur", "This server") }];
        document.Components ??= new();
        document.Components.SecuritySchemes = Security.Describe(context.ApplicationServices, language);
        document.Tags = new HashSet<OpenApiTag>(Tags.Used([.. document.Paths.Keys, .. EventCatalogue.Types.Select(WebhookTexts.PathOf)], language));
        document.Paths = Ordered(document.Paths);
        return Task.CompletedTask;
    }

    private static OpenApiPaths Ordered(OpenApiPaths paths)
    {
        var ordered = new OpenApiPaths();
        foreach (var (path, item) in paths.OrderBy(entry => Tags.Rank(entry.Key)).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (item is OpenApiPathItem { Operations: { } operations } concrete)
            {
                concrete.Operations = operations.OrderBy(entry => Array.IndexOf(Methods, entry.Key)).ToDictionary();
            }

            ordered.Add(path, item);
        }

        return ordered;
    }
}
