using MilleCafes.Testing;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>The life of a key: given, shown once, rotated, running out, revoked.</summary>
public sealed class KeyTests(MilleCafesHost host)
{
    // That it takes a second is for KeyDirectoryTests and the benchmark « revocation »; here, that it happens on a machine however busy
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private HttpClient Administrator => host.Administrator;

    [Fact]
    public async Task A_key_is_shown_once_and_then_known_by_its_start_and_last_use()
    {
        var (client, secret) = await AddAsync();
        using var http = host.With(secret);

        var myself = await http.ReadAsync("/v1/access/me");
        var id = myself["key"]!["id"].Text();
        Assert.Equal(client.ToString(), myself["client"]!["id"].Text());
        Assert.StartsWith(myself["key"]!["prefix"].Text(), secret, StringComparison.Ordinal);
        Assert.Equal(["recruitment:read", "self:read"], myself["scopes"]!.AsArray().Select(scope => scope.Text()));

        var listed = await Administrator.ReadAsync($"/v1/access/keys?clientId={client}");
        Assert.DoesNotContain(secret, listed.ToJsonString(), StringComparison.Ordinal);
        await Eventually.True(async () => (await Administrator.ReadAsync($"/v1/access/keys/{id}"))["lastUsedAt"] is not null, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_key_cannot_do_more_than_its_client()
    {
        var (client, _) = await AddAsync();

        using var refused = await Administrator.SendAsync($"/v1/access/clients/{client}/keys", new { scopes = new[] { "recruitment:write" } });

        Assert.Equal("access.scopes_beyond_client", (await refused.ReadAsync(HttpStatusCode.UnprocessableEntity))["code"].Text());
    }

    [Fact]
    public async Task Scopes_for_the_team_are_not_given_to_others()
    {
        using var refused = await Administrator.SendAsync("/v1/access/clients", new { name = "Curieux", kind = "partner", scopes = new[] { "access:manage" } });

        Assert.Equal("staff_only", (await refused.ReadAsync(HttpStatusCode.BadRequest))["errors"]![0]!["code"].Text());
    }

    [Fact]
    public async Task A_rotated_key_and_its_successor_both_open_until_the_overlap_is_over()
    {
        var (client, secret) = await AddAsync();
        using var old = host.With(secret);
        var id = (await old.ReadAsync("/v1/access/me"))["key"]!["id"].Text();

        using var rotated = await Administrator.SendAsync($"/v1/access/keys/{id}/rotation", new { overlapHours = 24 });
        var next = (await rotated.ReadAsync(HttpStatusCode.Created))["secret"].Text();
        using var successor = host.With(next);

        Assert.Equal(client.ToString(), (await successor.ReadAsync("/v1/access/me"))["client"]!["id"].Text());
        Assert.Equal(client.ToString(), (await old.ReadAsync("/v1/access/me"))["client"]!["id"].Text());
        using var again = await Administrator.SendAsync($"/v1/access/keys/{id}/rotation", new { });
        Assert.Equal("access.key_already_rotated", (await again.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
    }

    [Fact]
    public async Task A_key_rotated_without_overlap_opens_nothing_any_more()
    {
        var (_, secret) = await AddAsync();
        using var old = host.With(secret);
        var id = (await old.ReadAsync("/v1/access/me"))["key"]!["id"].Text();

        using var rotated = await Administrator.SendAsync($"/v1/access/keys/{id}/rotation", new { overlapHours = 0 });

        await rotated.ReadAsync(HttpStatusCode.Created);
        Assert.Equal("access.key_expired", await RefusedAsync(old));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_any_more_on_any_node()
    {
        await using var second = await host.StartAnotherAsync();
        var (_, secret) = await AddAsync();
        using var here = host.With(secret);
        using var there = Clients.Of(second.Address, secret);
        var id = (await here.ReadAsync("/v1/access/me"))["key"]!["id"].Text();
        await there.ReadAsync("/v1/access/me");

        using var revoked = await Administrator.SendAsync($"/v1/access/keys/{id}/revocation");

        await revoked.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(["access.key_revoked", "access.key_revoked"], await Task.WhenAll(RefusedAsync(here), RefusedAsync(there)));
    }

    [Fact]
    public async Task A_disabled_client_is_shut_out_and_let_in_again()
    {
        var (client, secret) = await AddAsync();
        using var http = host.With(secret);
        await http.ReadAsync("/v1/access/me");

        using var disabled = await Administrator.SendAsync($"/v1/access/clients/{client}/disablement");
        await disabled.ReadAsync(HttpStatusCode.OK);
        Assert.Equal("access.client_disabled", await RefusedAsync(http));

        using var enabled = await Administrator.SendAsync($"/v1/access/clients/{client}/enablement");
        await enabled.ReadAsync(HttpStatusCode.OK);
        await http.ReadAsync("/v1/access/me");
    }

    private Task<(Guid Id, string Key)> AddAsync() => host.AddClientAsync(new { name = "Assureur", kind = "partner", scopes = new[] { "recruitment:read" } });

    /// <summary>The code with which a key is refused, once it is.</summary>
    private static async Task<string> RefusedAsync(HttpClient http)
    {
        JsonNode? problem = null;
        await Eventually.True(
            async () =>
            {
                using var answer = await http.GetAsync("/v1/access/me", TestContext.Current.CancellationToken);
                problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
                return answer.StatusCode == HttpStatusCode.Unauthorized;
            },
            Patience);
        return problem!["code"].Text();
    }
}
