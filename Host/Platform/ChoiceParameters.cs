using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Lets a filter by one of several values be written as the JSON writes them, and in no other way.</summary>
/// <remarks>Left to itself, the framework wants the names of the code, in their case, or their numbers.</remarks>
internal sealed class ChoiceParameters(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, FrozenDictionary<string, FrozenDictionary<string, string>>> known = new();

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not { } endpoint)
        {
            return next(http);
        }

        var choices = known.GetOrAdd(endpoint, static found => ChoicesOf(found));
        var chosen = http.Request.Query.Where(parameter => choices.ContainsKey(parameter.Key)).ToList();
        var wrong = chosen.Where(parameter => parameter.Value is not [{ } value] || !choices[parameter.Key].ContainsKey(value))
            .Select(parameter => new FieldError("/" + parameter.Key, "unknown_value", Language.Choose(
                $"Valeurs possibles : {Listed(choices[parameter.Key])}.", $"Possible values: {Listed(choices[parameter.Key])}."))).ToList();
        if (wrong.Count > 0)
        {
            return new ProblemResult(CommonErrors.Malformed with { Fields = [.. wrong] }).ExecuteAsync(http);
        }

        if (chosen.Count > 0)
        {
            http.Request.Query = new QueryCollection(http.Request.Query.ToDictionary(
                parameter => parameter.Key,
                parameter => choices.TryGetValue(parameter.Key, out var names) ? new StringValues(names[parameter.Value!]) : parameter.Value,
                StringComparer.OrdinalIgnoreCase));
        }

        return next(http);
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> ChoicesOf(Endpoint endpoint) => endpoint.Metadata
        .GetOrderedMetadata<IParameterBindingMetadata>()
        .Select(parameter => (parameter.Name, Type: Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType))
        .Where(parameter => parameter.Type.IsEnum)
        .ToFrozenDictionary(
            parameter => parameter.Name,
            parameter => Enum.GetNames(parameter.Type).ToFrozenDictionary(JsonNamingPolicy.CamelCase.ConvertName),
            StringComparer.OrdinalIgnoreCase);

    private static string Listed(FrozenDictionary<string, string> names) => string.Join(", ", names.Keys.Order(StringComparer.Ordinal));
}
