using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>The headers that programs read, by the status that they come with.</summary>
internal static class DocumentedHeaders
{
    private static readonly AnswerHeader[] All =
    [
        new(HeaderNames.ContentLanguage, (_, _) => true, "Langue des textes de la réponse", "Language of the answer's texts", "fr"),
        new(HeaderNames.Location, (status, _) => status == StatusCodes.Status201Created,
            "Où relire ce qui est créé", "Where to read what was created", "/v1/recruitment/commune-candidatures/018790c4-5b40-7c3b-9a52-3f1f2e8d4c10"),
        new(HeaderNames.WWWAuthenticate, (status, operation) => status == StatusCodes.Status401Unauthorized && operation.ActionDescriptor.EndpointMetadata.OfType<OperationScope>().Any(),
            "La manière de s'authentifier", "The way to authenticate", Security.Scheme),
        new(HeaderNames.RetryAfter, (status, _) => status == StatusCodes.Status503ServiceUnavailable,
            "Secondes à attendre avant de recommencer", "Seconds to wait before trying again", 5),
    ];

    /// <summary>The headers that every answer of this status has.</summary>
    public static Dictionary<string, IOpenApiHeader>? Of(int status, ApiDescription operation, DocumentLanguage language) =>
        All.Where(header => header.Comes(status, operation)).ToDictionary(header => header.Name, IOpenApiHeader (header) => header.Describe(language)) is { Count: > 0 } headers ? headers : null;

    private sealed record AnswerHeader(string Name, Func<int, ApiDescription, bool> Comes, string French, string English, JsonNode Example)
    {
        public OpenApiHeader Describe(DocumentLanguage language) => new()
        {
            Required = true,
            Description = language.Choose(French, English),
            Schema = new OpenApiSchema { Type = Example.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsonSchemaType.Integer : JsonSchemaType.String },
            Example = Example.DeepClone(),
        };
    }
}
