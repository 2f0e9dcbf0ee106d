using System.Net.Http.Headers;
using System.Text;
using Carter;
using FluentValidation;
using MediatR;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Tokens;

/// <summary>Gives an hour's token for a client and one of its keys (RFC 6749, client credentials).</summary>
internal sealed record IssueToken(string? GrantType, string? ClientId, string? ClientSecret, string? Scope) : IRequest<Result<TokenView>>;

/// <summary>The form of RFC 6749, section 4.4.2.</summary>
internal sealed record IssueTokenBody(
    [property: Described("Toujours `client_credentials`", "Always `client_credentials`", Example = "\"client_credentials\"")] string grant_type,
    [property: Described("Identifiant du client ; ou en `Authorization: Basic`", "The client's id; or in `Authorization: Basic`", Example = "\"01937f0c-4e2a-7c3b-9d5e-8f1a2b3c4d5e\"")] string? client_id = null,
    [property: Described("Une de ses clés ; ou en `Authorization: Basic`", "One of its keys; or in `Authorization: Basic`", Example = "\"mck_…\"")] string? client_secret = null,
    [property: Described("Portées voulues, séparées par des blancs ; toutes celles de la clé sans cela", "Scopes wanted, separated by spaces; all those of the key without it", Example = "\"recruitment:read\"")] string? scope = null);

internal sealed class IssueTokenEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/oauth/token", async (HttpRequest request, ISender sender, CancellationToken token) =>
            request.HasFormContentType
                ? TokenAnswer.Of(await sender.Send(Read(request, await request.ReadFormAsync(token)), token))
                : new ProblemResult(PlatformErrors.MediaTypeUnsupported))
        .Described(nameof(IssueToken), "Obtenir un jeton d'une heure", "Get an hour's token")
        .Noted("Identifiants du client selon OAuth 2.0 (RFC 6749, 4.4). Le secret est une clé du client. Les refus ont la forme de la RFC 6749.",
            "Client credentials of OAuth 2.0 (RFC 6749, 4.4). The secret is a key of the client. Refusals have the form of RFC 6749.")
        .Accepts<IssueTokenBody>("application/x-www-form-urlencoded")
        .Answers<TokenView>()
        .AlsoAnswers(StatusCodes.Status400BadRequest, typeof(TokenRefusal), TokenAnswer.Refusal)
        .AlsoAnswers(StatusCodes.Status401Unauthorized, typeof(TokenRefusal), TokenAnswer.Refusal)
        .Refuses(CommonErrors.Malformed, TokenErrors.GrantUnsupported, TokenErrors.ClientInvalid, TokenErrors.ScopeInvalid)
        .AllowAnonymous();

    private static IssueToken Read(HttpRequest request, IFormCollection form)
    {
        var (client, secret) = Basic(request) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        return new(form["grant_type"], client, secret, form["scope"]);
    }

    private static (string Client, string Secret)? Basic(HttpRequest request)
    {
        Span<byte> bytes = stackalloc byte[1024];
        return AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length)
            && Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is [var client, var secret]
            ? (Uri.UnescapeDataString(client), Uri.UnescapeDataString(secret))
            : null;
    }
}

internal sealed class IssueTokenValidator : AbstractValidator<IssueToken>
{
    private const int Longest = 1_000;

    public IssueTokenValidator()
    {
        RuleFor(request => request.GrantType).MaximumLength(Longest);
        RuleFor(request => request.ClientId).MaximumLength(Longest);
        RuleFor(request => request.ClientSecret).MaximumLength(Longest);
        RuleFor(request => request.Scope).MaximumLength(Longest);
    }
}

internal sealed class IssueTokenHandler(ModuleSession<IAccessStore> session, KeyDirectory directory, CurrentActor actor, TimeProvider time) : IRequestHandler<IssueToken, Result<TokenView>>
{
    public async Task<Result<TokenView>> Handle(IssueToken request, CancellationToken cancellationToken)
    {
        if (request.GrantType != "client_credentials")
        {
            return TokenErrors.GrantUnsupported;
        }

        if (request.ClientSecret?.StartsWith(ApiKey.Mark, StringComparison.Ordinal) is not true
            || await directory.FindAsync(request.ClientSecret) is not { Holder: { } holder, Key: { } key }
            || !Guid.TryParse(request.ClientId, out var client) || client != holder.ClientId)
        {
            return TokenErrors.ClientInvalid;
        }

        var wanted = string.IsNullOrWhiteSpace(request.Scope) ? [.. key.Scopes] : request.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!wanted.All(holder.Scopes.Contains))
        {
            return TokenErrors.ScopeInvalid;
        }

        var (token, secret) = AccessToken.Issue(key, [.. wanted.Distinct()], time.GetUtcNow());
        actor.Identify(holder);
        session.Insert(token);
        return await session.CommitAsync(
            new TokenView(secret, "Bearer", (int)Math.Floor((token.ExpiresAt - time.GetUtcNow()).TotalSeconds), string.Join(' ', token.Scopes)), cancellationToken);
    }
}
