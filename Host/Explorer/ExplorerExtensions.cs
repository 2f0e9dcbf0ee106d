using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace MilleCafes.Host.Explorer;

/// <summary>The API's document in each language, and the page that reads it.</summary>
internal static class ExplorerExtensions
{
    private const string DocumentRoute = "/openapi/{documentName}.json";

    private const string CupIcon = """
        <link rel="icon" href="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'><text y='.9em' font-size='90'>☕</text></svg>">
        """;

    public static void AddExplorer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SliceRules>();
        builder.Services.AddSingleton<DocumentFiles>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, RefusalDescriptions>());
        foreach (var language in DocumentLanguage.All)
        {
            builder.Services.AddOpenApi(language.DocumentName, options =>
            {
                var components = new ComponentTypes();
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.CreateSchemaReferenceId = components.NameOf;
                options.AddSchemaTransformer(new WireTypes());
                options.AddOperationTransformer(new OperationTexts(language));
                options.AddOperationTransformer(new GuaranteeTexts(language));
                options.AddDocumentTransformer(new WebhookTexts(language));
                options.AddDocumentTransformer(new DocumentTexts(language));
                options.AddDocumentTransformer(new SchemaTexts(language, components));
                options.AddDocumentTransformer(new SharedParts());
            });
        }
    }

    public static void MapExplorer(this WebApplication application)
    {
        // Made once and kept: whoever comes first waits for the processor alone, and must not be cut off for it
        application.MapGet(DocumentRoute, (string documentName, DocumentFiles files) => files.AnswerAsync(documentName))
            .ExcludeFromDescription().AllowAnonymous().DisableRequestTimeout();
        application.MapGet("/", () => TypedResults.Redirect("/scalar/")).ExcludeFromDescription().AllowAnonymous();
        application.MapScalarApiReference(options =>
        {
            options.DynamicNonce = true;
            options.HeadContent = CupIcon;
            options.WithTitle("Mille Cafés")
                .WithTheme(ScalarTheme.Default)
                .WithOpenApiRoutePattern(DocumentRoute)
                .WithDefaultHttpClient(ScalarTarget.Shell, ScalarClient.Curl)
                .AddPreferredSecuritySchemes(Security.Scheme);
            foreach (var language in DocumentLanguage.All)
            {
                options.AddDocument(language.DocumentName, language.NativeName, isDefault: language == DocumentLanguage.French);
            }
        }).AllowAnonymous();
    }
}
