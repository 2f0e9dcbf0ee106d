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
        new(HeaderNames.Location, (status, operation) => status == StatusCodes.Status201Created || (status == StatusCodes.Status202Accepted && IsFollowed(operation)),
            "Où relire ce qui est créé", "Where to read what was created", "/v1/recruitment/commune-candidatures/018790c4-5b40-7c3b-9a52-3f1f2e8d4c10"),
        new(HeaderNames.WWWAuthenticate, (status, operation) => status == StatusCodes.Status401Unauthorized && operation.ActionDescriptor.EndpointMetadata.OfType<OperationScope>().Any(),
            "La manière de s'authentifier", "The way to authenticate", Security.Scheme),
        new(HeaderNames.ETag, (status, operation) => status is StatusCodes.Status304NotModified || (operation.HttpMethod == HttpMethods.Get ? status == StatusCodes.Status200OK : status < 300 && HasRevision(operation)),
            "Le nom de cette réponse : sa révision s'il y en a une, pour `If-Match` ; à renvoyer dans `If-None-Match`",
            "The name of this answer: its revision when there is one, for `If-Match`; to be sent back in `If-None-Match`", "\"3-fr-9f86d081884c7d65\""),
        new(HeaderNames.Link, (status, operation) => status == StatusCodes.Status200OK && operation.SupportedResponseTypes.Any(answer => ListShape.Of(answer.Type) is not null),
            "La page suivante, s'il y en a une (RFC 8288)", "The next page, if there is one (RFC 8288)", "</v1/recruitment/commune-candidatures?after=6G4Bh5DEW0B8O5pSPx8ujUwQ>; rel=\"next\"", Always: false),
        new("Idempotent-Replayed", (status, operation) => status < 300 && operation.HttpMethod == HttpMethods.Post && operation.ActionDescriptor.EndpointMetadata.OfType<OperationScope>().Any(),
            "`true` : cette réponse est la première, redite", "`true`: this is the first answer, told again", "true", Always: false),
        new("RateLimit-Policy", (status, _) => IsCounted(status),
            "Combien de requêtes (`q`) par combien de secondes (`w`)", "How many requests (`q`) in how many seconds (`w`)", "\"default\";q=1200;w=60"),
        new("RateLimit", (status, _) => IsCounted(status),
            "Combien il en reste (`r`), et dans combien de secondes il y en aura de nouveau autant (`t`)", "How many are left (`r`), and in how many seconds there will be all of them again (`t`)", "\"default\";r=1187;t=1"),
        new(HeaderNames.RetryAfter, (status, _) => status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable,
            "Secondes à attendre avant de recommencer", "Seconds to wait before trying again", 5),
    ];

    /// <summary>The headers that every answer of this status has.</summary>
    public static Dictionary<string, IOpenApiHeader>? Of(int status, ApiDescription operation, DocumentLanguage language) =>
        All.Where(header => header.Comes(status, operation)).ToDictionary(header => header.Name, IOpenApiHeader (header) => header.Describe(language)) is { Count: > 0 } headers ? headers : null;

    private static bool HasRevision(ApiDescription operation) =>
        operation.SupportedResponseTypes.Any(answer => answer.StatusCode is StatusCodes.Status200OK or StatusCodes.Status201Created or StatusCodes.Status202Accepted && answer.Type?.GetProperty(nameof(Document.Revision)) is not null);

    /// <summary>Whether what is accepted can be read, or nobody is told what becomes of it.</summary>
    public static bool IsFollowed(ApiDescription operation) =>
        operation.SupportedResponseTypes.Any(answer => answer.StatusCode == StatusCodes.Status202Accepted && answer.Type?.GetProperty(nameof(Document.Id)) is not null);

    // What is too long is refused before anybody knows whose it is, and without a database nobody does
    private static bool IsCounted(int status) => status is < 500 and not (StatusCodes.Status414UriTooLong or StatusCodes.Status431RequestHeaderFieldsTooLarge);

    private sealed record AnswerHeader(string Name, Func<int, ApiDescription, bool> Comes, string French, string English, JsonNode Example, bool Always = true)
    {
        public OpenApiHeader Describe(DocumentLanguage language) => new()
        {
            Required = Always,
            Description = language.Choose(French, English),
            Schema = new OpenApiSchema { Type = Example.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsonSchemaType.Integer : JsonSchemaType.String },
            Example = Example.DeepClone(),
        };
    }
}
