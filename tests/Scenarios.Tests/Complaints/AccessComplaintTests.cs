using System.Net.Http.Json;
using MilleCafes.Shared;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Complaints;

/// <summary>What holders of keys, and those whose data it is, complain of elsewhere, done better.</summary>
public sealed class AccessComplaintTests(MilleCafesHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Reading = ["recruitment:read"];
    private static readonly string[] Writing = ["recruitment:read", "recruitment:write"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_end_of_a_key_is_told_beforehand_to_its_holder_to_the_team_and_by_an_event()
    {
        var (client, _) = await host.AddClientAsync(new { name = "Assureur", kind = "partner", scopes = new[] { "webhooks:manage" } });
        var end = TimeProvider.System.GetUtcNow().AddDays(20);
        using var given = await host.Administrator.SendAsync($"/v1/access/clients/{client}/keys", new { expiresAt = end });
        var made = await given.ReadAsync(HttpStatusCode.Created);
        var id = made["key"]!["id"].Text();
        using var holder = host.With(made["secret"].Text());

        // Each host looks for such keys when it starts, and every hour
        await using var another = await host.StartAnotherAsync();

        JsonNode? told = null;
        await Eventually.True(async () => (told = (await holder.ReadAsync("/v1/webhooks/events?type=access.key.expiring"))["items"]!.AsArray().SingleOrDefault()) is not null, Patience);
        Assert.Equal((id, 20), (told!["body"]!["data"]!["keyId"].Text(), told["body"]!["data"]!["daysLeft"]!.GetValue<int>()));
        var myself = (await holder.ReadAsync("/v1/access/me"))["key"]!;
        Assert.InRange(myself["expiresAt"]!.GetValue<DateTimeOffset>() - end, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        Assert.Equal(30, Assert.Single(myself["notices"]!.AsArray())!["daysBefore"]!.GetValue<int>());
        var ending = await host.Administrator.ReadAsync($"/v1/access/keys?expiringWithin=30&clientId={client}");
        Assert.Equal(id, Assert.Single(ending["items"]!.AsArray())!["id"].Text());
    }

    [Fact]
    public async Task A_refusal_is_never_replayed_so_that_the_same_request_acts_once_the_right_is_given()
    {
        var (commune, elsewhere, idempotencyKey) = (host.NextInseeCode(), host.NextInseeCode(), $"{Guid.CreateVersion7()}");
        var (client, key) = await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = Writing, inseeCode = elsewhere });
        using var http = host.With(key);

        // One refusal is by the platform, the other by the act itself
        using var notYours = await SubmitAsync();
        Assert.Equal("access.not_yours", (await notYours.ReadAsync(HttpStatusCode.Forbidden))["code"].Text());
        await ChangeAsync(Reading);
        using var refused = await SubmitAsync();
        Assert.Equal("access.scope_missing", (await refused.ReadAsync(HttpStatusCode.Forbidden))["code"].Text());
        await ChangeAsync(Writing);
        using var done = await SubmitAsync();
        using var again = await SubmitAsync();

        var id = (await done.ReadAsync(HttpStatusCode.Created))["id"].Text();
        Assert.Equal(id, (await again.ReadAsync(HttpStatusCode.Created))["id"].Text());
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replayed")));

        Task<HttpResponseMessage> SubmitAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, Candidatures) { Content = JsonContent.Create(Letter(commune)) };
            request.Headers.Add("Idempotency-Key", idempotencyKey);
            return http.SendAsync(request, Token);
        }

        async Task ChangeAsync(string[] scopes)
        {
            using var changed = await host.Administrator.PutAsJsonAsync($"/v1/access/clients/{client}", new { name = "Mairie", kind = "mairie", scopes, inseeCode = commune }, Token);
            await changed.ReadAsync(HttpStatusCode.OK);
            await Eventually.True(async () => (await http.ReadAsync("/v1/access/me"))["scopes"]!.AsArray().Count == scopes.Length + 1, Patience);
        }
    }

    [Theory]
    [InlineData("35600000049837", "35600000049837")]
    [InlineData("356 000 000 00048", "35600000000048")]
    [InlineData("732\u00A0829\u00A0320\u00A000074", "73282932000074")]
    public async Task A_SIRET_is_taken_that_of_an_office_of_La_Poste_too(string typed, string siret)
    {
        using var added = await host.Administrator.SendAsync("/v1/access/clients", new { name = "Partenaire", kind = "partner", scopes = Reading });
        var client = await added.ReadAsync(HttpStatusCode.Created);
        Assert.Null(client["siret"]);

        using var changed = await host.Administrator.PutAsJsonAsync(
            $"/v1/access/clients/{client["id"].Text()}", new { name = "Partenaire", kind = "partner", scopes = Reading, siret = typed }, Token);

        Assert.Equal(siret, (await changed.ReadAsync(HttpStatusCode.OK))["siret"].Text());
        Assert.Equal(siret, (await host.Administrator.ReadAsync($"/v1/access/clients/{client["id"].Text()}"))["siret"].Text());
        var entries = (await host.Administrator.ReadAsync($"/v1/access/audit?subject={client["id"].Text()}&act=changed"))["items"]!.AsArray();
        var change = Assert.Single(Assert.Single(entries)!["changes"]!.AsArray())!;
        Assert.Equal(("/siret", siret), (change["pointer"].Text(), change["to"].Text()));
    }

    [Theory]
    [InlineData("73282932100007")]
    [InlineData("35600000000049")]
    [InlineData("732829320")]
    [InlineData("")]
    public async Task A_SIRET_whose_SIREN_is_wrong_is_refused_though_its_own_key_is_right(string siret)
    {
        using var refused = await host.Administrator.SendAsync("/v1/access/clients", new { name = "Partenaire", kind = "partner", scopes = Reading, siret });

        var error = Assert.Single((await refused.ReadAsync(HttpStatusCode.BadRequest))["errors"]!.AsArray())!;
        Assert.Equal(("/siret", "not_a_siret"), (error["pointer"].Text(), error["code"].Text()));
    }

    [Fact]
    public async Task An_erasure_leaves_nothing_of_the_person_in_the_audit_and_all_of_the_act()
    {
        var letter = Letter(host.NextInseeCode());
        letter["contact"]!["email"] = "effacement@example.org";
        letter["contact"]!["name"] = "Dominique Effacement";
        var candidature = await host.Administrator.SubmittedAsync(letter);
        var before = await host.Administrator.ReadAsync($"/v1/access/audit?subject={candidature}");
        Assert.Contains("effacement@example.org", before.ToJsonString(), StringComparison.Ordinal);

        // As a module says once it has erased what it knew itself
        await host.TrackAsync(() => host.PublishAsync(new PersonalDataErased(Guid.Parse($"{candidature}"), TimeProvider.System.GetUtcNow())));

        var after = await host.Administrator.ReadAsync($"/v1/access/audit?subject={candidature}");
        Assert.DoesNotContain("effacement", after.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var created = after["items"]!.AsArray().Single(entry => entry!["act"].Text() == "created")!;
        Assert.Equal("SubmitCommuneCandidature", created["operation"].Text());
        Assert.NotNull(created["erasedAt"]);
    }
}
