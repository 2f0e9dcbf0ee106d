using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>What the platform adds to operations without their slices: the table of a list, « not modified », the key of an act.</summary>
internal sealed class GuaranteeTexts(DocumentLanguage language) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var description = context.Description;
        var metadata = description.ActionDescriptor.EndpointMetadata;
        if (description.HttpMethod == HttpMethods.Get)
        {
            TellOfTags(operation, description);
        }

        if (UnreadTags.AreRead(description.HttpMethod, description.RelativePath))
        {
            Add(operation, HeaderNames.IfMatch, new() { Type = JsonSchemaType.String, MaxLength = 8_000 }, "\"3-fr-9f86d081884c7d65\"",
                "L'`ETag` de ce que l'on croit changer : `412` s'il a changé depuis", "The `ETag` of what one believes to change: `412` when it has changed since");
        }

        if (description.HttpMethod == HttpMethods.Post && metadata.OfType<OperationScope>().Any())
        {
            TellOfKeys(operation);
        }

        operation.Deprecated |= metadata.OfType<OperationDeprecation>().Any();
        return Task.CompletedTask;
    }

    private void TellOfTags(OpenApiOperation operation, ApiDescription description)
    {
        Add(operation, HeaderNames.IfNoneMatch, new() { Type = JsonSchemaType.String, MaxLength = 8_000 }, "\"3-fr-9f86d081884c7d65\"",
            "L'`ETag` de ce que l'on a déjà : `304` si rien n'a changé", "The `ETag` of what one has already: `304` when nothing has changed");
        operation.Responses!["304"] = new OpenApiResponse
        {
            Description = language.Choose("Rien n'a changé depuis cet `ETag`", "Nothing has changed since this `ETag`"),
            Headers = DocumentedHeaders.Of(StatusCodes.Status304NotModified, description, language),
        };
        if (description.SupportedResponseTypes.Any(answer => TableShape.Of(answer.Type) is not null) && operation.Responses["200"].Content is { } forms)
        {
            forms[AnswerFormat.Csv] = new()
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = language.Choose("Une ligne par élément (RFC 4180, UTF-8)", "One row an item (RFC 4180, UTF-8)") },
            };
        }
    }

    private void TellOfKeys(OpenApiOperation operation) => Add(
        operation, "Idempotency-Key", new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255, Pattern = "^[!-~]+$" }, "0190b8a0-6d5c-7b1e-9c55-2f6d1a7e4b30",
        "Une clé de votre choix, une par acte : la même requête renvoyée sous 24 h reçoit la première réponse, et n'agit pas deux fois",
        "A key of your choice, one an act: the same request sent again within 24 h gets the first answer, and does not act twice");

    private void Add(OpenApiOperation operation, string name, OpenApiSchema schema, string example, string french, string english) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = language.Choose(french, english),
        Schema = schema,
        Example = example,
    });
}
