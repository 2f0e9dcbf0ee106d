using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Turns what the framework throws at a bad request into a problem, and any bug into a 500 that tells nothing but its trace id.</summary>
internal sealed partial class ExceptionProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } => new ProblemResult(OfJson(json)),
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => new ProblemResult(OfParameter(bad)),
            BadHttpRequestException bad => new ProblemResult(StatusProblems.Of(bad.StatusCode, httpContext), bad.StatusCode),
            _ => new ProblemResult(PlatformErrors.Fault, StatusCodes.Status500InternalServerError),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    // The serializer's own sentence names .NET types, which are nobody's business outside
    private static Error OfJson(JsonException exception)
    {
        if (exception.Path is not { Length: > 1 } path)
        {
            return CommonErrors.UnreadableJson;
        }

        var unknown = exception.Message.Contains("could not be mapped", StringComparison.Ordinal);
        var field = new FieldError(
            path[1..].Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal),
            unknown ? "unknown_field" : "unreadable",
            unknown ? Language.Choose("Ce champ n'existe pas.", "There is no such field.") : Language.Choose("Cette valeur n'est pas de la forme attendue.", "This value is not of the expected form."));
        return CommonErrors.Malformed with { Fields = [field] };
    }

    private static Error OfParameter(BadHttpRequestException exception) =>
        ParameterName().Match(exception.Message) is { Success: true } match
            ? CommonErrors.Malformed with
            {
                Fields = [new("/" + JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value), "unreadable", Language.Choose("Cette valeur n'est pas de la forme attendue.", "This value is not of the expected form."))],
            }
            : CommonErrors.UnreadableJson;

    [GeneratedRegex("Failed to bind parameter \"\\S+ (\\w+)\" from")]
    private static partial Regex ParameterName();
}
