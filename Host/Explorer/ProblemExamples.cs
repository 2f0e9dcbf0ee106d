using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>One example per code, written by the same record as the real answers.</summary>
internal static class ProblemExamples
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public static string Describe(int status, IEnumerable<Error> errors, DocumentLanguage language) =>
        TitleOf(status, language) + language.Choose(" : ", ": ") + string.Join(", ", errors.Select(error => $"`{error.Code}`"));

    public static Dictionary<string, IOpenApiExample> Of(int status, IEnumerable<Error> errors, DocumentLanguage language, JsonSerializerOptions json) =>
        errors.ToDictionary(
            error => error.Code,
            IOpenApiExample (error) => new OpenApiExample
            {
                Summary = language.Choose(error.French, error.English),
                Value = Write(status, error, language, json),
            },
            StringComparer.Ordinal);

    private static JsonNode? Write(int status, Error error, DocumentLanguage language, JsonSerializerOptions json) => JsonSerializer.SerializeToNode(
        new ProblemDocument(
            $"/errors/{error.Code}", TitleOf(status, language), status, language.Choose(error.French, error.English), error.Code, TraceId, Fields(error, language)),
        json);

    private static List<FieldError>? Fields(Error error, DocumentLanguage language) => error.Code switch
    {
        _ when error == CommonErrors.Malformed =>
            [new("/limit", "inclusive_between", language.Choose("Cette valeur doit être comprise entre 1 et 200.", "This value must be between 1 and 200."))],
        _ when error == CommonErrors.UnknownParameter =>
            [new("/statut", "unknown_parameter", language.Choose("Ce paramètre n'existe pas.", "There is no such parameter."))],
        _ => null,
    };

    private static string TitleOf(int status, DocumentLanguage language) => language.Speak(() => ProblemResult.TitleOf(status));
}
