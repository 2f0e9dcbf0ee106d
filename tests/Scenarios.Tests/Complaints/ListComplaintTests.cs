using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Complaints;

/// <summary>What those who keep a copy of other platforms complain of, done better.</summary>
public sealed class ListComplaintTests(MilleCafesHost host)
{
    private const string Subscriptions = "/v1/webhooks/subscriptions";
    private const string Communes = "/v1/reference/communes";

    [Fact]
    public async Task What_has_changed_since_an_instant_can_be_asked_and_what_has_not_is_left_out()
    {
        var (changed, old) = (await host.Administrator.SubmittedAsync(Letter(host.NextInseeCode())), await host.Administrator.SubmittedAsync(Letter(host.NextInseeCode())));
        var declined = await host.Administrator.DoneAsync(changed, "refusal", new() { ["reason"] = "Un café ouvre déjà." });
        var commune = declined["commune"]!["inseeCode"].Text();

        // A minute is granted to acts that are slow to commit
        var since = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"));
        var later = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddMinutes(2).UtcDateTime.ToString("O"));

        Assert.Equal("declined", Assert.Single((await host.Administrator.ReadAsync($"{Candidatures}?inseeCode={commune}&updatedSince={since}"))["items"]!.AsArray())!["status"].Text());
        Assert.Empty((await host.Administrator.ReadAsync($"{Candidatures}?inseeCode={commune}&updatedSince={later}"))["items"]!.AsArray());
        Assert.Equal("submitted", (await host.Administrator.ReadAsync($"{Candidatures}/{old}"))["status"].Text());
    }

    [Theory]
    [InlineData("2025-12-31T23:00:00Z", true)]
    [InlineData("2025-06-01T00:00:00Z", true)]
    [InlineData("2025-12-31T23:00:01Z", false)]
    [InlineData("2026-06-01T00:00:00Z", false)]
    public async Task The_registry_too_can_be_asked_what_has_changed_since_an_instant(string instant, bool changed)
    {
        var all = await host.Anonymous.ReadAsync($"{Communes}?departement=12&search=senergues");
        var since = await host.Anonymous.ReadAsync($"{Communes}?departement=12&search=senergues&updatedSince={Uri.EscapeDataString(instant)}");

        Assert.Equal(changed ? all["items"]!.ToJsonString() : "[]", since["items"]!.ToJsonString());
        Assert.Empty(since["suggestions"]!.AsArray());
        Assert.Null(since["next"]);
    }

    [Theory]
    [InlineData("2021-12-31T23:00:00Z", "01176 ,01292 ,01330 2025-01-01,01409 ")]
    [InlineData("2021-12-31T23:00:01Z", "01330 2025-01-01")]
    [InlineData("2024-12-31T23:00:00Z", "01330 2025-01-01")]
    [InlineData("2024-12-31T23:00:01Z", "")]
    [InlineData("2026-06-01T00:00:00Z", "")]
    public async Task A_commune_that_was_merged_is_told_as_ended_with_its_day_and_the_commune_it_is_part_of_now(string instant, string expected)
    {
        var found = await host.Anonymous.ReadAsync($"{Communes}?departement=01&search=haut%20valromey&updatedSince={Uri.EscapeDataString(instant)}");

        Assert.Equal(2026, found["registryYear"]!.GetValue<int>());
        Assert.Equal(expected, string.Join(',', found["ended"]!.AsArray().Select(one => $"{one!["inseeCode"].Text()} {one["endedOn"]}")));
        Assert.All(found["ended"]!.AsArray(), one => Assert.Equal(("01187", "Haut Valromey"), (one!["successor"].Text(), one["successorName"].Text())));
        Assert.Null((await host.Anonymous.ReadAsync($"{Communes}?departement=01&search=haut%20valromey"))["ended"]);
    }

    [Fact]
    public async Task Who_reads_all_pages_of_the_registry_hears_of_every_code_that_ended_once()
    {
        var (read, next) = (new List<string>(), "");
        while (next is not null)
        {
            var page = await host.Anonymous.ReadAsync($"{Communes}?departement=49&limit=50&updatedSince=2000-01-01T00:00:00Z{next}");
            read.AddRange(page["ended"]!.AsArray().Select(one => one!["inseeCode"].Text()));
            next = page["next"] is { } cursor ? $"&after={cursor.Text()}" : null;
        }

        Assert.Equal(CommuneRegistry.Official.Communes.Where(commune => commune.Departement == "49").SelectMany(commune => commune.FormerCodes).Order(), read.Order());
    }

    [Fact]
    public async Task What_has_ended_leaves_the_list_and_remains_as_a_tombstone_for_those_who_keep_a_copy()
    {
        using var http = await SubscriberAsync();
        var (kept, ended) = (await SubscribeAsync(http), await SubscribeAsync(http));
        var read = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"));

        await EndAsync(http, ended);

        Assert.Equal([kept], Ids(await http.ReadAsync(Subscriptions)));
        var copied = await http.ReadAsync($"{Subscriptions}?updatedSince={read}");
        var tombstone = Assert.Single(copied["ended"]!.AsArray())!;
        Assert.Equal((ended, 2), (tombstone["id"].Text(), tombstone["revision"]!.GetValue<int>()));
        Assert.NotNull(tombstone["deletedAt"]);
        Assert.Equal([kept], Ids(copied));
    }

    [Fact]
    public async Task Pages_have_no_gap_and_no_duplicate_while_things_are_added_and_ended_between_them()
    {
        using var http = await SubscriberAsync();
        var (expected, read, next) = (new List<string>(), new List<string>(), "");
        for (var count = 0; count < 7; count++)
        {
            expected.Add(await SubscribeAsync(http));
        }

        while (next is not null)
        {
            var page = await http.ReadAsync($"{Subscriptions}?limit=2{next}");
            read.AddRange(Ids(page));
            next = page["next"] is { } cursor ? $"&after={cursor.Text()}" : null;
            if (expected.Count < 10)
            {
                // With offsets, the end of one that was read would hide the next, and a new one could push another back
                await EndAsync(http, read[^1]);
                expected.Add(await SubscribeAsync(http));
            }
        }

        Assert.Equal(expected, read);
    }

    private async Task<HttpClient> SubscriberAsync() =>
        host.With((await host.AddClientAsync(new { name = "Fondation", kind = "partner", scopes = new[] { "webhooks:manage" } })).Key);

    private static async Task<string> SubscribeAsync(HttpClient http)
    {
        using var made = await http.SendAsync(Subscriptions, new { url = "http://127.0.0.1:9/", eventTypes = new[] { "webhooks.ping" } });
        return (await made.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }

    private static async Task EndAsync(HttpClient http, string id)
    {
        using var ended = await http.DeleteAsync($"{Subscriptions}/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    private static IEnumerable<string> Ids(JsonNode page) => page["items"]!.AsArray().Select(item => item!["id"].Text());
}
