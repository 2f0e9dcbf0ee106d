using System.Text.Json.Serialization;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Tokens;

/// <summary>The answer of RFC 6749, section 5.1.</summary>
internal sealed record TokenView(
    [property: Described("Le jeton, pour « Authorization: Bearer »", "The token, for “Authorization: Bearer”", Example = "\"mct_…\"")][property: JsonPropertyName("access_token")] string AccessToken,
    [property: Described("Toujours « Bearer »", "Always “Bearer”", Example = "\"Bearer\"")][property: JsonPropertyName("token_type")] string TokenType,
    [property: Described("Durée en secondes", "Life in seconds", Example = "3600")][property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: Described("Portées, séparées par des blancs", "Scopes, separated by spaces", Example = "\"recruitment:read\"")][property: JsonPropertyName("scope")] string Scope);

/// <summary>The refusal of RFC 6749, section 5.2.</summary>
internal sealed record TokenRefusal(
    [property: Described("Nom de la RFC 6749", "Name of RFC 6749", Example = "\"invalid_client\"")][property: JsonPropertyName("error")] string Error,
    [property: Described("En toutes lettres", "Spelled out", Example = "\"Client ou clé inconnus, ou plus valables.\"", EnglishExample = "\"Client or key unknown, or no longer valid.\"")][property: JsonPropertyName("error_description")] string Description);

/// <summary>OAuth's libraries expect OAuth's own form, not a problem document.</summary>
internal static class TokenAnswer
{
    private const string Own = "access.";

    public static IResult Of(Result<TokenView> result) => new Uncached(
        result.IsRefused(out var error)
            ? Refusal(error) is { } refusal
                ? TypedResults.Json(refusal.Content, statusCode: ProblemResult.StatusOf(error.Kind))
                : new ProblemResult(error)
            : TypedResults.Ok(result.Value));

    /// <summary>The refusal under the name of RFC 6749, where it has one.</summary>
    public static NamedRefusal? Refusal(Error error) => error.Code.StartsWith(Own, StringComparison.Ordinal)
        ? new(error.Code[Own.Length..], new TokenRefusal(error.Code[Own.Length..], error.Text))
        : null;

    private sealed class Uncached(IResult answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status401Unauthorized })
            {
                httpContext.Response.Headers.WWWAuthenticate = "Basic";
            }

            return answer.ExecuteAsync(httpContext);
        }
    }
}
