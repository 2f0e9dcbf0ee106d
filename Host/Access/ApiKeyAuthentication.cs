using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Marten;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace MilleCafes.Host.Access;

/// <summary>Left on a request whose key nobody knows, so that the answer can say so.</summary>
internal sealed record UnknownKey;

/// <summary>Recognises the holder of « Authorization: Bearer mck_… ».</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IAccessStore store)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // What is open to all needs no key, and so does not depend on the database
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || Request.Headers.Authorization is not [{ Length: > 0 } value])
        {
            return AuthenticateResult.NoResult();
        }

        if (!AuthenticationHeaderValue.TryParse(value, out var header)
            || !header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
            || header.Parameter?.StartsWith(ApiKey.Mark, StringComparison.Ordinal) is not true
            || await FindAsync(header.Parameter) is not { } key)
        {
            Context.Features.Set(new UnknownKey());
            return AuthenticateResult.Fail("Unknown key");
        }

        Claim[] claims = [new(ClaimTypes.NameIdentifier, key.Id.ToString()), .. key.Scopes.Select(scope => new Claim("scope", scope))];
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Scheme;
        return base.HandleChallengeAsync(properties);
    }

    private async Task<ApiKey?> FindAsync(string secret)
    {
        var hash = ApiKey.HashOf(secret);
        await using var session = store.QuerySession();
        return await session.Query<ApiKey>().SingleOrDefaultAsync(key => key.Hash == hash, Context.RequestAborted);
    }
}
