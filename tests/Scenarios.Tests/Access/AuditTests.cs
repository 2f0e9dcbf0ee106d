using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>Who did what to whom, from which state to which, and who read what of persons.</summary>
public sealed class AuditTests(MilleCafesHost host)
{
    private static readonly string[] Reading = ["recruitment:read"];
    private static readonly string[] ReadingPersons = ["recruitment:read", "personal-data:read"];

    [Fact]
    public async Task A_write_says_who_what_and_from_which_state_to_which()
    {
        var candidature = await host.Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        await host.Administrator.DoneAsync(candidature, "acceptance");

        var entries = await EntriesAsync($"subject={candidature}&act=created");
        var created = Assert.Single(entries);
        Assert.Equal(("SubmitCommuneCandidature", "CommuneCandidature"), (created!["operation"].Text(), created["subjectType"].Text()));
        var accepted = Assert.Single(await EntriesAsync($"subject={candidature}&operation=AcceptCommuneCandidature&act=changed"));
        var status = accepted!["changes"]!.AsArray().Single(change => change!["pointer"].Text() == "/status")!;
        Assert.Equal(("submitted", "accepted"), (status["from"].Text(), status["to"].Text()));
        Assert.Equal((await host.Administrator.ReadAsync("/v1/access/me"))["client"]!["id"].Text(), accepted["clientId"].Text());
    }

    [Fact]
    public async Task A_refused_act_leaves_no_entry()
    {
        var candidature = await host.Administrator.SubmittedAsync(LetterWithoutPremises(host.NextInseeCode()));

        using var refused = await host.Administrator.ActAsync(candidature, "acceptance");

        Assert.False(refused.IsSuccessStatusCode);
        Assert.Empty(await EntriesAsync($"subject={candidature}&operation=AcceptCommuneCandidature"));
    }

    [Fact]
    public async Task Reading_persons_leaves_an_entry_and_not_reading_them_leaves_none()
    {
        var candidature = await host.Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        var (discreet, discreetKey) = await AddAsync(Reading);
        var (trusted, trustedKey) = await AddAsync(ReadingPersons);
        using var without = host.With(discreetKey);
        using var with = host.With(trustedKey);

        Assert.Null((await without.ReadAsync($"{Candidatures}/{candidature}"))["contact"]);
        Assert.Equal("mairie@example.org", (await with.ReadAsync($"{Candidatures}/{candidature}"))["contact"]!["email"].Text());

        await Eventually.True(
            async () => (await EntriesAsync($"clientId={trusted}&act=personalDataRead")).Any(entry => entry!["subjects"]!.AsArray().Any(id => id.Text() == candidature.ToString())),
            TimeSpan.FromSeconds(20));
        Assert.Empty(await EntriesAsync($"clientId={discreet}&act=personalDataRead"));
    }

    [Fact]
    public async Task What_an_entry_says_of_persons_is_for_those_who_may_read_it()
    {
        var candidature = await host.Administrator.SubmittedAsync(Letter(host.NextInseeCode()));
        var (_, key) = await host.AddClientAsync(new { name = "Contrôle", kind = "staff", scopes = new[] { "access:manage" } });
        using var controller = host.With(key);

        var seen = await controller.ReadAsync($"/v1/access/audit?subject={candidature}");
        var known = await host.Administrator.ReadAsync($"/v1/access/audit?subject={candidature}");

        Assert.DoesNotContain("mairie@example.org", seen.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("mairie@example.org", known.ToJsonString(), StringComparison.Ordinal);
        var reading = Assert.Single(await EntriesAsync($"subject={candidature}&act=personalDataRead&operation=ListAuditEntries"));
        Assert.Contains(reading!["id"].Text(), (await EntriesAsync($"keyId={reading["keyId"].Text()}&subject={candidature}&act=personalDataRead")).Select(entry => entry!["id"].Text()));
    }

    [Fact]
    public async Task Entries_are_paged_and_filtered_by_time()
    {
        var (client, key) = await AddAsync(["recruitment:read", "recruitment:write"]);
        using var http = host.With(key);
        var before = TimeProvider.System.GetUtcNow();
        await http.SubmittedAsync(Letter(host.NextInseeCode()));
        await http.SubmittedAsync(Letter(host.NextInseeCode()));

        var first = await host.Administrator.ReadAsync($"/v1/access/audit?clientId={client}&limit=1");
        var second = await host.Administrator.ReadAsync($"/v1/access/audit?clientId={client}&limit=1&after={first["next"].Text()}");

        Assert.NotEqual(first["items"]![0]!["id"].Text(), second["items"]![0]!["id"].Text());
        Assert.Null(second["next"]);
        Assert.Empty(await EntriesAsync($"clientId={client}&until={Uri.EscapeDataString(before.UtcDateTime.ToString("O"))}"));
        Assert.Equal(2, (await EntriesAsync($"clientId={client}&since={Uri.EscapeDataString(before.UtcDateTime.ToString("O"))}")).Count);
    }

    private Task<(Guid Id, string Key)> AddAsync(string[] scopes) => host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes });

    private async Task<JsonArray> EntriesAsync(string filter) => (await host.Administrator.ReadAsync($"/v1/access/audit?{filter}"))["items"]!.AsArray();
}
