using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests;

/// <summary>Acts made for one revision, and copies kept in step.</summary>
public sealed class RevisionTests(MilleCafesHost host)
{
    private HttpClient Administrator => host.Administrator;

    [Theory]
    [InlineData("\"1-fr\"", HttpStatusCode.OK)]
    [InlineData("\"1-en\"", HttpStatusCode.OK)]
    [InlineData("\"7-fr\", \"1-fr\"", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("\"2-fr\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"another\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("nonsense", HttpStatusCode.PreconditionFailed)]
    public async Task An_act_made_for_another_revision_is_refused(string expected, HttpStatusCode status)
    {
        var candidature = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Candidatures}/{candidature}/acceptance");
        request.Headers.TryAddWithoutValidation("If-Match", expected);

        using var answer = await Administrator.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? "accepted" : "submitted", (await Administrator.ReadAsync($"{Candidatures}/{candidature}"))["status"].Text());
    }

    [Fact]
    public async Task A_copy_kept_in_step_hears_of_changes_and_of_nothing_older()
    {
        var old = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        var later = TimeProvider.System.GetUtcNow().AddMinutes(10);

        var changed = await Administrator.ReadAsync($"{Candidatures}?updatedSince={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"))}&limit=200");
        var unchanged = await Administrator.ReadAsync($"{Candidatures}?updatedSince={Uri.EscapeDataString(later.UtcDateTime.ToString("O"))}");

        Assert.Contains(old.ToString(), changed["items"]!.AsArray().Select(item => item!["id"].Text()));
        Assert.Empty(unchanged["items"]!.AsArray());
    }

    [Fact]
    public async Task What_has_ended_is_told_to_copies_and_hidden_from_lists()
    {
        var (_, key) = await host.AddClientAsync(new { name = "Fondation", kind = "partner", scopes = new[] { "webhooks:manage" } });
        using var partner = host.With(key);
        using var made = await partner.SendAsync("/v1/webhooks/subscriptions", new { url = "http://127.0.0.1:9/", eventTypes = new[] { "*" } });
        var id = (await made.ReadAsync(HttpStatusCode.Created))["id"].Text();
        var before = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"));
        using var deleted = await partner.DeleteAsync($"/v1/webhooks/subscriptions/{id}", TestContext.Current.CancellationToken);

        var listed = await partner.ReadAsync("/v1/webhooks/subscriptions");
        var copied = await partner.ReadAsync($"/v1/webhooks/subscriptions?updatedSince={before}");

        Assert.Empty(listed["items"]!.AsArray());
        Assert.Null(listed["ended"]);
        Assert.Empty(copied["items"]!.AsArray());
        Assert.Equal(id, Assert.Single(copied["ended"]!.AsArray())!["id"].Text());
    }

    [Fact]
    public async Task A_referent_limited_to_their_antenne_writes_nowhere_else()
    {
        var candidature = await Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        string[] scopes = ["recruitment:read", "recruitment:write"];
        using var elsewhere = host.With((await host.AddClientAsync(new { name = "Référente de l'Aveyron", kind = "staff", scopes, writesIn = new[] { "12" } })).Key);
        using var here = host.With((await host.AddClientAsync(new { name = "Référent de la Somme", kind = "staff", scopes, writesIn = new[] { "80" } })).Key);

        await elsewhere.ReadAsync($"{Candidatures}/{candidature}");
        using var refused = await elsewhere.ActAsync(candidature, "acceptance");
        Assert.Equal("access.other_antenne", (await refused.ReadAsync(HttpStatusCode.Forbidden))["code"].Text());
        await here.DoneAsync(candidature, "acceptance");
    }

    [Fact]
    public async Task A_mairie_submits_for_its_own_commune_only()
    {
        var own = host.NextInseeCode();
        string[] scopes = ["recruitment:read", "recruitment:write"];
        using var mairie = host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes, inseeCode = own })).Key);

        using var refused = await mairie.SubmitAsync(Letter(host.NextInseeCode()));
        Assert.Equal("access.not_yours", (await refused.ReadAsync(HttpStatusCode.Forbidden))["code"].Text());
        await mairie.SubmittedAsync(Letter(own));
    }
}
