using MilleCafes.Shared;
using MilleCafes.Testing;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>The people behind the candidatures of communes and cafés are forgotten when they ask for it, and the candidature stays.</summary>
public sealed class ContactErasureTests(MilleCafesHost shared)
{
    private const string Communes = "/v1/recruitment/commune-candidatures";
    private const string Cafes = "/v1/recruitment/cafe-candidatures";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Today => TimeProvider.System.Today().ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_word_that_anybody_wrote_in_every_field_of_a_commune_s_candidature_is_nowhere_after_its_contact_is_erased()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var marker = new Marker();
        var (commune, other) = (shared.NextInseeCode(), shared.NextInseeCode());
        // Not eligible, so that it can be overridden
        var id = await marker.CreatedAsync(host.Team, Communes, Facts(marker, commune, available: false));
        await ActAsync("correction-request", new { what = marker.Next(), dueOn = Today });
        await ActAsync("correction-answer", new { answer = marker.Next() });
        var asked = (await ActAsync("opinion-request", new { whom = marker.Next(), question = marker.Next(), dueOn = Today }))!["study"]!["opinions"]![0]!["id"].Text();
        await ActAsync("opinion", new { requestId = asked, advice = "favourable", text = marker.Next() });
        await ActAsync("antenne-assignment", new { unassigned = true, reason = marker.Next() });
        await ActAsync("visit-plan", new { on = Today });
        await ActAsync("visit-report", new { report = marker.Next() });
        await ActAsync("eligibility-override", new { reason = marker.Next() });
        await ActAsync("refusal", new { reason = marker.Next() });
        await ActAsync("reopening", new { reason = marker.Next() });
        await ActAsync("withdrawal", new { reason = marker.Next() });
        await ActAsync("reopening", new { reason = marker.Next() });
        await marker.ReplaceAsync(host.Team, $"{Communes}/{id}", Facts(marker, null, available: false));
        var accepted = (await ActAsync("acceptance", new { }))!;
        Assert.Equal(["access.mt_doc_auditentry", "recruitment.mt_doc_communecandidature"], (await DatabaseSearch.FindAsync(host.Connection, marker.Text)).Keys.Where(table => table.Contains("mt_doc", StringComparison.Ordinal)));
        await AgainAsync(host.Team, marker, other, id);

        var erased = await EraseAsync(host.Team, $"{Communes}/{id}");

        Assert.Equal(("accepted", false), (erased["status"].Text(), erased.AsObject().ContainsKey("contact")));
        Assert.Equal(accepted["priority"]!.ToJsonString(), erased["priority"]!.ToJsonString());
        Assert.Equal([.. Acts(accepted), "contactErased"], Acts(erased));
        await NowhereAsync(host, marker, id);
        Assert.Equal((long)erased["revision"]!, (long)(await EraseAsync(host.Team, $"{Communes}/{id}"))["revision"]!);
        Assert.Empty((await TextsAsync(host, "commune-candidatures")).Except(marker.Places));

        Task<JsonNode?> ActAsync(string act, object body) => marker.SendAsync(host.Team, $"{Communes}/{id}/{act}", body);
    }

    [Fact]
    public async Task A_word_that_anybody_wrote_in_every_field_of_a_café_s_candidature_is_nowhere_after_its_contact_is_erased()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var marker = new Marker();
        var id = await marker.CreatedAsync(host.Team, Cafes, Cafe(marker, carried: false, shared.NextInseeCode()));
        await marker.SendAsync(host.Team, $"{Cafes}/{id}/eligibility-override", new { reason = marker.Next() });
        await marker.ReplaceAsync(host.Team, $"{Cafes}/{id}", Cafe(marker, carried: false, null));
        await marker.SendAsync(host.Team, $"{Cafes}/{id}/withdrawal", new { reason = marker.Next() });
        var second = await marker.CreatedAsync(host.Team, Cafes, Cafe(marker, carried: true, shared.NextInseeCode()));
        await marker.SendAsync(host.Team, $"{Cafes}/{second}/refusal", new { reason = marker.Next() });
        var (third, fourth) = await TwiceAsync(host.Team, marker);
        Assert.Contains("recruitment.mt_doc_cafecandidature", (await DatabaseSearch.FindAsync(host.Connection, marker.Text)).Keys);

        var erased = await EraseAsync(host.Team, $"{Cafes}/{id}");
        foreach (var other in new[] { second, third, fourth })
        {
            await EraseAsync(host.Team, $"{Cafes}/{other}");
        }

        Assert.Equal(("withdrawn", false, null), (erased["status"].Text(), erased.AsObject().ContainsKey("contact"), erased["weakness"]));
        await NowhereAsync(host, marker, id);
        Assert.Empty((await TextsAsync(host, "cafe-candidatures")).Except(marker.Places));
    }

    [Theory]
    [InlineData(Communes, "recruitment.candidature_unknown")]
    [InlineData(Cafes, "recruitment.cafe_candidature_unknown")]
    public async Task What_is_not_there_has_nobody_to_forget(string collection, string code)
    {
        using var answer = await shared.Administrator.PostAsync($"{collection}/{Guid.CreateVersion7()}/contact-erasure", null, Token);
        Assert.Equal(code, (await answer.ReadAsync(HttpStatusCode.NotFound))["code"].Text());
    }

    private static JsonObject Facts(Marker marker, string? commune, bool available)
    {
        var facts = new JsonObject
        {
            ["cafeSituation"] = "none", ["otherShops"] = 0, ["carriedByMayor"] = true, ["residentsInvolved"] = true,
            ["premises"] = new JsonObject { ["available"] = available, ["description"] = marker.Next(), ["complianceWorks"] = marker.Next() },
            ["residents"] = new JsonObject { ["collective"] = true, ["description"] = marker.Next() },
            ["attachments"] = new JsonArray(new JsonObject { ["title"] = marker.Next(), ["url"] = marker.Link }),
            ["contact"] = new JsonObject { ["name"] = marker.Next(), ["role"] = marker.Next(), ["email"] = marker.Email, ["phone"] = marker.Phone },
        };
        if (commune is not null)
        {
            facts["inseeCode"] = commune;
        }

        return facts;
    }

    private static JsonObject Cafe(Marker marker, bool carried, string? commune)
    {
        var facts = new JsonObject
        {
            ["cafeName"] = "Café de la Place", ["carriedByGerant"] = carried, ["lastCafeOfCommune"] = true, ["dedicatedSpace"] = "cafeBar", ["licence"] = "licenceIv",
            ["causes"] = new JsonArray("isolation"), ["weakness"] = marker.Next(), ["years"] = new JsonArray(new JsonObject { ["year"] = 2025, ["revenueCents"] = 9_000_000, ["costsCents"] = 8_000_000, ["daysOpen"] = 250 }), ["openedIn"] = 2025,
            ["contact"] = new JsonObject { ["name"] = marker.Next(), ["email"] = marker.Email, ["phone"] = marker.Phone },
        };
        if (commune is not null)
        {
            (facts["inseeCode"], facts["siret"]) = (commune, Sirets.Next());
        }

        return facts;
    }

    // The same commune once more, by mistake: what is merged is erased by itself
    private static async Task AgainAsync(HttpClient team, Marker marker, string commune, string other)
    {
        var first = await marker.CreatedAsync(team, Communes, Facts(marker, commune, available: true));
        await marker.SendAsync(team, $"{Communes}/{first}/acceptance", new { });
        var second = await marker.CreatedAsync(team, Communes, Facts(marker, commune, available: true));
        await marker.SendAsync(team, $"{Communes}/{second}/merger", new { into = first, reason = marker.Next() });
        var third = await marker.CreatedAsync(team, Communes, Facts(marker, commune, available: true));
        await marker.SendAsync(team, $"{Communes}/{third}/acceptance", new { secondProject = marker.Next() });
        foreach (var candidature in new[] { first, second, third })
        {
            Assert.NotEqual(other, candidature);
            await EraseAsync(team, $"{Communes}/{candidature}");
        }
    }

    // The same café, taken in once more
    private async Task<(string First, string Second)> TwiceAsync(HttpClient team, Marker marker)
    {
        var facts = Cafe(marker, carried: true, shared.NextInseeCode());
        var first = await marker.CreatedAsync(team, Cafes, facts.DeepClone().AsObject());
        await marker.SendAsync(team, $"{Cafes}/{first}/acceptance", new { });
        var second = await marker.CreatedAsync(team, Cafes, facts);
        await marker.SendAsync(team, $"{Cafes}/{second}/acceptance", new { secondProject = marker.Next() });
        return (first, second);
    }

    private static async Task<JsonNode> EraseAsync(HttpClient team, string candidature)
    {
        using var answer = await team.PostAsync($"{candidature}/contact-erasure", null, Token);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private static IEnumerable<string> Acts(JsonNode candidature) => candidature["history"]!.AsArray().Select(done => done!["act"].Text());

    private static async Task NowhereAsync(PrivateHost host, Marker marker, string id)
    {
        await Eventually.True(async () => (await DatabaseSearch.FindAsync(host.Connection, marker.Text)).Count == 0, TimeSpan.FromSeconds(20), $"nothing is found of {id}");
        Assert.DoesNotContain(await marker.RepeatAsync(), text => text.Contains(marker.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(marker.Text, StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> TextsAsync(PrivateHost host, string of) =>
        new CandidateRequests(await host.Anybody.ReadAsync("/openapi/v1.json")).Under(of);
}
