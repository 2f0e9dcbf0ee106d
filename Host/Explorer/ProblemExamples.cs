using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>One example per code, written by the same record as the real answers.</summary>
internal static class ProblemExamples
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public static string Describe(int status, IEnumerable<Error> errors, DocumentLanguage language) =>
        TitleOf(status, language) + language.Choose(" : ", ": ") + string.Join(", ", errors.Select(error => $"`{error.Code}`"));

    public static Dictionary<string, IOpenApiExample> Of(
        int status, IEnumerable<Error> errors, ApiDescription operation, DocumentLanguage language, JsonSerializerOptions json) =>
        errors.ToDictionary(
            error => error.Code,
            IOpenApiExample (error) => new OpenApiExample
            {
                Summary = language.Choose(error.French, error.English),
                Value = Write(status, error, Fields(error, operation, language), language, json),
            },
            StringComparer.Ordinal);

    /// <summary>The refusals of a status that come in another form, by the names they have in it.</summary>
    public static Dictionary<string, IOpenApiExample> Of(
        int status, ApiDescription operation, Func<Error, NamedRefusal?> write, DocumentLanguage language, JsonSerializerOptions json) =>
        Refusals.Of(operation).Where(group => group.Key == status).SelectMany(group => group).Select(error => language.Speak(() => write(error))).OfType<NamedRefusal>().ToDictionary(
            refusal => refusal.Name,
            IOpenApiExample (refusal) => new OpenApiExample { Value = JsonSerializer.SerializeToNode(refusal.Content, json) },
            StringComparer.Ordinal);

    private static JsonNode? Write(int status, Error error, List<FieldError>? fields, DocumentLanguage language, JsonSerializerOptions json) => JsonSerializer.SerializeToNode(
        new ProblemDocument(
            $"/errors/{error.Code}", TitleOf(status, language), status, language.Choose(error.French, error.English), error.Code, TraceId, fields),
        json);

    private static List<FieldError>? Fields(Error error, ApiDescription operation, DocumentLanguage language) => error.Code switch
    {
        _ when error == CommonErrors.Malformed && FirstMember(operation) is { } member =>
            [language.Speak(() => FieldErrors.Unreadable("/" + JsonNamingPolicy.CamelCase.ConvertName(member)))],
        _ when error == CommonErrors.UnknownParameter =>
            [language.Speak(() => FieldErrors.UnknownParameter("/statut"))],
        _ => null,
    };

    private static string? FirstMember(ApiDescription operation) =>
        (operation.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source.Id == "Body")?.Type?.GetProperties().Select(property => property.Name)
            ?? operation.ParameterDescriptions.Where(parameter => parameter.Source.Id == "Query").Select(parameter => parameter.Name)).FirstOrDefault();

    private static string TitleOf(int status, DocumentLanguage language) => language.Speak(() => ProblemResult.TitleOf(status));
}
