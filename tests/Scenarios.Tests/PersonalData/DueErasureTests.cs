using MilleCafes.Scenarios.Tests.Applying;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>What is due is listed as it ends, page by page.</summary>
public sealed class DueErasureTests(MilleCafesHost shared)
{
    private const string Due = "/v1/recruitment/due-erasures";

    [Fact]
    public async Task What_ends_first_comes_first_whichever_rule_it_is_by()
    {
        await using var host = await PrivateHost.StartAsync(shared, ("Recruitment:Retention:AfterLastContact", "95.00:00:00"), ("Recruitment:Retention:AfterDecline", "92.00:00:00"));
        List<string> ends = [];
        var declined = await host.Team.SentAsync();
        // Each a day after the one before: silent ones end later than the ones that were declined three days after them
        for (var day = 0; day < 6; day++)
        {
            ends.Add(await host.Team.SentAsync());
            host.Clock.Move(TimeSpan.FromDays(1));
        }

        await host.Team.ActAsync(declined, "refusal", new { reason = "anotherProject" }).DoneAsync();
        host.Clock.Move(TimeSpan.FromMinutes(1));
        ends.Insert(4, declined);

        var far = $"{Due}?at={host.Clock.GetUtcNow().AddDays(9_000).UtcDateTime:O}";
        foreach (var limit in new[] { 1, 2, 3, 7, 200 })
        {
            Assert.Equal(ends, (await PagedAsync(host.Team, $"{far}&limit={limit}")).Select(one => one["candidatureId"].Text()));
        }

        var listed = await PagedAsync(host.Team, far);
        Assert.Equal(listed.Select(one => (DateTimeOffset?)one["endsAt"]).Order(), listed.Select(one => (DateTimeOffset?)one["endsAt"]));
        Assert.Equal(["lastContact", "declined"], listed.Skip(3).Take(2).Select(one => one["rule"].Text()));
        var part = $"{Due}?at={host.Clock.GetUtcNow().AddDays(77).UtcDateTime:O}";
        Assert.Equal(ends.Take(3), (await PagedAsync(host.Team, part + "&limit=2")).Select(one => one["candidatureId"].Text()));

        var next = (await host.Team.ReadAsync($"{far}&limit=2"))["next"].Text();
        using var elsewhere = await host.Team.GetAsync($"{far}&updatedSince=2020-01-01T00:00:00Z&after={next}", TestContext.Current.CancellationToken);
        Assert.Equal("bad_cursor", (await elsewhere.ReadAsync(HttpStatusCode.BadRequest))["errors"]![0]!["code"].Text());
        Assert.Equal(ends.Order(), (await PagedAsync(host.Team, $"{far}&updatedSince=2020-01-01T00:00:00Z&limit=2")).Select(one => one["candidatureId"].Text()).Order());
    }

    private static async Task<List<JsonNode>> PagedAsync(HttpClient team, string path)
    {
        var (listed, next) = (new List<JsonNode>(), "");
        while (next is not null)
        {
            var page = await team.ReadAsync(path + next);
            listed.AddRange(page["items"]!.AsArray().Select(one => one!));
            next = (string?)page["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        return listed;
    }
}
