using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Access.Tokens;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>Left on a request whose key opens nothing, so that the answer can say why.</summary>
internal sealed record UnknownKey(Error Reason);

/// <summary>Recognises the holder of « Authorization: Bearer mck_… » or « mct_… ».</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    public static AuthenticateResult TicketOf(Holder holder)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, holder.ClientId.ToString()), new("kind", holder.Kind.ToString()), .. holder.Scopes.Select(scope => new Claim("scope", scope))];
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)), Scheme));
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // What is open to all needs no key, and so does not depend on the database
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || Request.Headers.Authorization is not [{ Length: > 0 } value])
        {
            return AuthenticateResult.NoResult();
        }

        var found = AuthenticationHeaderValue.TryParse(value, out var header)
            && header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
            && header.Parameter is { } secret
            && (secret.StartsWith(ApiKey.Mark, StringComparison.Ordinal) || secret.StartsWith(AccessToken.Mark, StringComparison.Ordinal))
            ? await directory.FindAsync(secret, () => RateLimits.AdmitAddress(Context))
            : null;
        if (found is not { Holder: { } holder, Ticket: { } ticket })
        {
            Context.Features.Set(new UnknownKey(found?.State switch
            {
                KeyState.Expired => KeyErrors.Ended,
                KeyState.Revoked => KeyErrors.Revoked,
                KeyState.ClientDisabled => KeyErrors.ClientDisabled,
                _ => PlatformErrors.KeyUnknown,
            }));
            return AuthenticateResult.Fail("No key that opens anything");
        }

        Context.Features.Set(holder);
        return ticket;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        // RFC 6750, section 3.1: which scope would do
        if (Context.GetEndpoint()?.Metadata.GetMetadata<OperationScope>() is { } needed && Context.Features.Get<Holder>()?.Scopes.Contains(needed.Scope) is false)
        {
            Response.Headers.WWWAuthenticate = $"{Scheme} error=\"insufficient_scope\", scope=\"{needed.Scope}\"";
        }

        return base.HandleForbiddenAsync(properties);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Scheme;
        return base.HandleChallengeAsync(properties);
    }
}
