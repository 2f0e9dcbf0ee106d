using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Refuses a query that the operation does not understand: a misspelt filter must not list everything.</summary>
/// <remarks>Choices are written as the JSON writes them; left to itself, the framework wants the names of the code, or their numbers.</remarks>
internal sealed partial class QueryParameters(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, FrozenDictionary<string, Parameter>> known = new();

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
            given => parameters[given.Key].Choices is { Count: > 0 } names ? new StringValues(names[given.Value!]) : given.Value,
            StringComparer.OrdinalIgnoreCase));
        return next(http);
    }

    // PostgreSQL knows no character 0
    private static FieldError? Check(string name, StringValues values, Parameter parameter) => values switch
    {
        { Count: > 1 } => FieldErrors.RepeatedParameter(JsonPointer.Of(name)),
        // Else an empty variable of a program would ask for everything
        [null or ""] => FieldErrors.Unreadable(JsonPointer.Of(name), parameter.Type),
        [{ } value] when value.Contains('\0', StringComparison.Ordinal) => FieldErrors.Unreadable(JsonPointer.Of(name)),
        [{ } value] when parameter.Choices.Count > 0 && !parameter.Choices.ContainsKey(value) => FieldErrors.UnknownValue(JsonPointer.Of(name), parameter.Choices.Keys.Order(StringComparer.Ordinal)),
        [{ } value] when !IsWellWritten(parameter.Type, value) => FieldErrors.Unreadable(JsonPointer.Of(name), parameter.Type),
        _ => null,
    };

    // The framework also takes braces around an id, blanks and a plus around a number, any case of « true », a day for an instant, and days as other countries write them
    private static bool IsWellWritten(Type type, string value) =>
        type == typeof(Guid) ? Guid.TryParseExact(value, "D", out _)
        : type == typeof(int) || type == typeof(long) ? WholeNumber().IsMatch(value)
        : type == typeof(DateTimeOffset) ? UtcInstants.IsWhole(value)
        : type == typeof(DateOnly) ? DateOnly.TryParseExact(value, "O", out _)
        : type != typeof(bool) || value is "true" or "false";

    /// <summary>The names read from the query.</summary>
    private static FrozenDictionary<string, Parameter> ParametersOf(RouteEndpoint endpoint) => endpoint.Metadata
        .GetOrderedMetadata<IParameterBindingMetadata>()
        .Where(parameter => parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string))
        .Where(parameter => endpoint.RoutePattern.GetParameter(parameter.Name) is null)
        .ToFrozenDictionary(parameter => parameter.Name, parameter => Parameter.Of(parameter.ParameterInfo.ParameterType), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A-?(0|[1-9]\d*)\z", RegexOptions.ECMAScript)]
    private static partial Regex WholeNumber();

    /// <param name="Type">What is read from the text.</param>
    /// <param name="Choices">As the JSON writes them, when there is a closed set of them; empty otherwise.</param>
    private sealed record Parameter(Type Type, FrozenDictionary<string, string> Choices)
    {
        public static Parameter Of(Type type)
        {
            var bare = Nullable.GetUnderlyingType(type) ?? type;
            return new(bare, bare.IsEnum ? Enum.GetNames(bare).ToFrozenDictionary(JsonNamingPolicy.CamelCase.ConvertName) : FrozenDictionary<string, string>.Empty);
        }
    }
}
