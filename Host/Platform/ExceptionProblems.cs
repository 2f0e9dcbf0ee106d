using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marten.Exceptions;
using Microsoft.AspNetCore.Diagnostics;
using MilleCafes.Shared;
using Npgsql;

namespace MilleCafes.Host.Platform;

/// <summary>Turns what the framework throws at a bad request into a problem, and any bug into a 500 that tells nothing but its trace id.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } => new ProblemResult(OfJson(json)),
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => new ProblemResult(OfParameter(bad)),
            InvalidOperationException { InnerException: ArgumentException { ParamName: "name" } } when exception.Message.Contains("charset", StringComparison.Ordinal) =>
                new ProblemResult(PlatformErrors.MediaTypeUnsupported),
            BadHttpRequestException bad => new ProblemResult(StatusProblems.Of(bad.StatusCode, httpContext), bad.StatusCode),
            MartenCommandException { InnerException: PostgresException { SqlState: IdempotencyKeys.TakenOver } } => new ProblemResult(PlatformErrors.IdempotencyKeyInFlight),
            _ when IsOutage(exception) => OfOutage(httpContext, exception),
            _ => OfFault(httpContext, exception),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    // The serializer's own sentence names .NET types, which are nobody's business outside
    private static Error OfJson(JsonException exception)
    {
        if (exception is { InnerException: JsonException } or not { Path.Length: > 1 })
        {
            return CommonErrors.UnreadableJson;
        }

        var pointer = JsonPointer.FromPath(exception.Path);
        return CommonErrors.Malformed with
        {
            Fields =
            [
                exception.Message.Contains("could not be mapped", StringComparison.Ordinal) ? FieldErrors.UnknownField(pointer)
                : exception.Message.Contains("Duplicate property", StringComparison.OrdinalIgnoreCase) ? FieldErrors.DuplicateField(pointer)
                : FieldErrors.Unreadable(pointer),
            ],
        };
    }

    private static Error OfParameter(BadHttpRequestException exception) =>
        ParameterName().Match(exception.Message) is { Success: true } match
            ? CommonErrors.Malformed with { Fields = [FieldErrors.Unreadable(JsonPointer.Of(JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value)))] }
            : CommonErrors.UnreadableJson;

    /// <summary>No connection, a server that is stopping or starting, or a database that takes no connections.</summary>
    private static bool IsOutage(Exception? exception) => exception switch
    {
        MartenCommandException => IsOutage(exception.InnerException),
        PostgresException answer => answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ObjectNotInPrerequisiteState,
        _ => exception is NpgsqlException,
    };

    private ProblemResult OfOutage(HttpContext http, Exception exception)
    {
        logger.LogWarning("{Method} {Path} found no database: {Reason}", http.Request.Method, http.Request.Path, exception.Message);
        http.Response.Headers.RetryAfter = StatusProblems.Later;
        return new ProblemResult(PlatformErrors.DatabaseUnavailable);
    }

    // The one place that sees the fault: without this line the trace id would lead nowhere
    private ProblemResult OfFault(HttpContext http, Exception exception)
    {
        logger.LogError(exception, "{Method} {Path} failed, trace {TraceId}", http.Request.Method, http.Request.Path, Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
        return new ProblemResult(PlatformErrors.Fault);
    }

    [GeneratedRegex("Failed to bind parameter \"\\S+ (\\w+)\" from")]
    private static partial Regex ParameterName();
}
