using System.Net.Http.Headers;
using System.Text;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>An hour's token for a client and its key, as OAuth 2.0 libraries ask for it.</summary>
public sealed class TokenTests(MilleCafesHost host)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_opens_what_its_key_opens(bool basic)
    {
        var (client, key) = await AddAsync();

        using var answer = await AskAsync(client.ToString(), key, basic: basic);
        var token = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal(("Bearer", "recruitment:read accompaniment:read"), (token["token_type"].Text(), token["scope"].Text()));
        Assert.InRange(token["expires_in"]!.GetValue<int>(), 3_590, 3_600);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        using var http = host.With(token["access_token"].Text());
        await http.ReadAsync(Candidatures);
    }

    [Fact]
    public async Task A_token_for_fewer_scopes_opens_fewer_operations()
    {
        var (client, key) = await AddAsync();

        using var answer = await AskAsync(client.ToString(), key, scope: "accompaniment:read");
        using var http = host.With((await answer.ReadAsync(HttpStatusCode.OK))["access_token"].Text());

        await http.ReadAsync(Projects);
        using var refused = await http.GetAsync(Candidatures, TestContext.Current.CancellationToken);
        Assert.Equal("access.scope_missing", (await refused.ReadAsync(HttpStatusCode.Forbidden))["code"].Text());
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"recruitment:read\"", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Whoever_asks_in_JSON_is_told_that_the_form_is_another()
    {
        using var refused = await host.Anonymous.SendAsync("/oauth/token", new { grant_type = "client_credentials" });
        Assert.Equal("request.media_type_unsupported", (await refused.ReadAsync(HttpStatusCode.UnsupportedMediaType))["code"].Text());
    }

    [Fact]
    public async Task A_mairie_that_may_write_is_told_that_accepting_is_not_for_mairies()
    {
        var commune = host.NextInseeCode();
        var id = await host.Administrator.SubmittedAsync(Letter(commune));
        var (_, key) = await host.AddClientAsync(new { name = "Mairie", kind = "mairie", inseeCode = commune, scopes = new[] { "recruitment:read", "recruitment:write" } });
        using var mairie = host.With(key);

        using var refused = await mairie.SendAsync($"{Candidatures}/{id}/acceptance");

        Assert.Equal("access.holder_excluded", (await refused.ReadAsync(HttpStatusCode.Forbidden))["code"].Text());
        Assert.Empty(refused.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task A_token_ends_with_its_key()
    {
        var (client, key) = await AddAsync();
        using var answer = await AskAsync(client.ToString(), key);
        using var http = host.With((await answer.ReadAsync(HttpStatusCode.OK))["access_token"].Text());
        var id = (await http.ReadAsync("/v1/access/me"))["key"]!["id"].Text();

        using var revoked = await host.Administrator.SendAsync($"/v1/access/keys/{id}/revocation");

        await revoked.ReadAsync(HttpStatusCode.OK);
        await Eventually.True(async () => (await http.GetAsync("/v1/access/me", TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("client_credentials", "another client", "", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("client_credentials", "", "mck_nobodys", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("client_credentials", "", "no key at all", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("password", "", "", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    public async Task What_is_wrong_is_refused_in_the_form_of_RFC_6749(string grant, string client, string key, HttpStatusCode status, string error)
    {
        var (ownClient, ownKey) = await AddAsync();

        using var answer = await AskAsync(client.Length > 0 ? client : ownClient.ToString(), key.Length > 0 ? key : ownKey, grant: grant);

        Assert.Equal(error, (await answer.ReadAsync(status))["error"].Text());
    }

    [Fact]
    public async Task Scopes_that_the_key_has_not_are_refused()
    {
        var (client, key) = await AddAsync();

        using var answer = await AskAsync(client.ToString(), key, scope: "recruitment:read recruitment:write");

        Assert.Equal("invalid_scope", (await answer.ReadAsync(HttpStatusCode.BadRequest))["error"].Text());
    }

    private Task<(Guid Id, string Key)> AddAsync() =>
        host.AddClientAsync(new { name = "Mesure d'impact", kind = "partner", scopes = new[] { "recruitment:read", "accompaniment:read" } });

    private Task<HttpResponseMessage> AskAsync(string client, string key, string grant = "client_credentials", string? scope = null, bool basic = false)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = grant };
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token");
        if (basic)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{key}")));
        }
        else
        {
            (form["client_id"], form["client_secret"]) = (client, key);
        }

        if (scope is not null)
        {
            form["scope"] = scope;
        }

        request.Content = new FormUrlEncodedContent(form);
        return host.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
