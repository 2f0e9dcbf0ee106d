using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Refuses a query that the operation does not understand: a misspelt filter must not list everything.</summary>
/// <remarks>Choices are written as the JSON writes them; left to itself, the framework wants the names of the code, or their numbers.</remarks>
internal sealed class QueryParameters(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, FrozenDictionary<string, FrozenDictionary<string, string>>> known = new();

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<OperationText>() is null)
        {
            return next(http);
        }

        var parameters = known.GetOrAdd(endpoint, static found => ParametersOf((RouteEndpoint)found));
        var unknown = http.Request.Query.Keys.Where(name => !parameters.ContainsKey(name)).Select(name => FieldErrors.UnknownParameter(JsonPointer.Of(name))).ToList();
        if (unknown.Count > 0)
        {
            return new ProblemResult(CommonErrors.UnknownParameter with { Fields = [.. unknown] }).ExecuteAsync(http);
        }

        var wrong = http.Request.Query.Select(given => Check(given.Key, given.Value, parameters[given.Key])).OfType<FieldError>().ToList();
        if (wrong.Count > 0)
        {
            return new ProblemResult(CommonErrors.Malformed with { Fields = [.. wrong] }).ExecuteAsync(http);
        }

        http.Request.Query = new QueryCollection(http.Request.Query.ToDictionary(
            given => given.Key,
            given => parameters[given.Key] is { Count: > 0 } names ? new StringValues(names[given.Value!]) : given.Value,
            StringComparer.OrdinalIgnoreCase));
        return next(http);
    }

    // PostgreSQL knows no character 0
    private static FieldError? Check(string name, StringValues values, FrozenDictionary<string, string> choices) => values switch
    {
        { Count: > 1 } => FieldErrors.RepeatedParameter(JsonPointer.Of(name)),
        [{ } value] when value.Contains('\0', StringComparison.Ordinal) => FieldErrors.Unreadable(JsonPointer.Of(name)),
        [{ } value] when choices.Count > 0 && !choices.ContainsKey(value) => FieldErrors.UnknownValue(JsonPointer.Of(name), choices.Keys.Order(StringComparer.Ordinal)),
        _ => null,
    };

    /// <summary>The names read from the query, each with its choices when it has a closed set of them.</summary>
    private static FrozenDictionary<string, FrozenDictionary<string, string>> ParametersOf(RouteEndpoint endpoint) => endpoint.Metadata
        .GetOrderedMetadata<IParameterBindingMetadata>()
        .Where(parameter => parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string))
        .Where(parameter => endpoint.RoutePattern.GetParameter(parameter.Name) is null)
        .ToFrozenDictionary(parameter => parameter.Name, parameter => ChoicesOf(parameter.ParameterInfo.ParameterType), StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, string> ChoicesOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choices
        ? Enum.GetNames(choices).ToFrozenDictionary(JsonNamingPolicy.CamelCase.ConvertName)
        : FrozenDictionary<string, string>.Empty;
}
