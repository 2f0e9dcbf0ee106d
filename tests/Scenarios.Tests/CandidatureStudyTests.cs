using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests;

/// <summary>How a commune's candidature is studied, from the first letter to the answer.</summary>
public sealed class CandidatureStudyTests(MilleCafesHost host)
{
    private static readonly string Today = TimeProvider.System.Today().ToString("O", CultureInfo.InvariantCulture);

    private HttpClient Administrator => host.Administrator;

    private CommuneRegistry Registry => host.Host.Services.GetRequiredService<CommuneRegistry>();

    [Fact]
    public async Task The_team_and_the_mairie_bring_a_file_from_the_letter_to_the_answer()
    {
        var code = host.NextInseeCode();
        var mairie = host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", inseeCode = code, scopes = new[] { "recruitment:read", "recruitment:write" } })).Key);
        var id = await mairie.SubmittedAsync(LetterWithoutPremises(code));
        await Administrator.DoneAsync(id, "correction-request", new() { ["what"] = "Y a-t-il un local ?", ["dueOn"] = Today });
        Assert.Equal("mairie", (await WaitAsync(id))["for"].Text());

        var facts = Letter(code);
        facts.Remove("inseeCode");
        facts["otherShops"] = 2;
        facts["shops"] = new JsonArray(new JsonObject { ["kind"] = "bakery", ["count"] = 2 });
        using var changed = await mairie.PutAsJsonAsync($"{Candidatures}/{id}", facts, TestContext.Current.CancellationToken);
        var judged = await changed.ReadAsync(HttpStatusCode.OK);
        Assert.True(judged["eligibility"]!["eligible"]!.GetValue<bool>());
        Assert.False(Assert.Single(judged["study"]!["earlierEligibilities"]!.AsArray())!["eligible"]!.GetValue<bool>());
        Assert.Equal(45, judged["priority"]!["score"]!.GetValue<int>());
        Assert.Equal("bakery", judged["answers"]!["shops"]![0]!["kind"].Text());
        await mairie.DoneAsync(id, "correction-answer", new() { ["answer"] = "Oui, sur la place." });

        var asked = await Administrator.DoneAsync(id, "opinion-request", new() { ["whom"] = "Antenne", ["question"] = "Qu'en dites-vous ?", ["dueOn"] = Today });
        Assert.Equal("opinion", (await WaitAsync(id))["for"].Text());
        var request = asked["study"]!["opinions"]![0]!["id"].Text();
        await Administrator.DoneAsync(id, "opinion", new() { ["requestId"] = request, ["advice"] = "favourable" });
        await RefusedAsync(id, "opinion", new() { ["requestId"] = request, ["advice"] = "reserved" }, HttpStatusCode.Conflict, "recruitment.opinion_already_given");
        await RefusedAsync(id, "opinion", new() { ["requestId"] = $"{Guid.CreateVersion7()}", ["advice"] = "reserved" }, HttpStatusCode.UnprocessableEntity, "recruitment.opinion_unknown");
        await RefusedAsync(id, "visit-report", new() { ["report"] = "Sain" }, HttpStatusCode.Conflict, "recruitment.no_visit_planned");
        await Administrator.DoneAsync(id, "visit-plan", new() { ["on"] = Today });
        await Administrator.DoneAsync(id, "visit-report", new() { ["report"] = "Le local est sain." });
        await host.TrackAsync(() => Administrator.DoneAsync(id, "acceptance"));

        var read = await Administrator.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal(
            ["submitted", "correctionsRequested", "factsChanged", "correctionsAnswered", "opinionRequested", "opinionGiven", "visitPlanned", "visitDone", "accepted"],
            read["history"]!.AsArray().Select(done => done!["act"].Text()));
        Assert.Equal("nobody", read["study"]!["waiting"]!["for"].Text());
    }

    [Fact]
    public async Task What_documents_say_is_left_out_for_who_may_not_read_of_persons()
    {
        var letter = Letter(host.NextInseeCode());
        letter["attachments"] = new JsonArray(new JsonObject { ["title"] = "Délibération", ["url"] = "https://mairie.example.org/d.pdf" });
        var id = await Administrator.SubmittedAsync(letter);
        using var reader = host.With((await host.AddClientAsync(new { name = "Sans données", kind = "staff", scopes = new[] { "recruitment:read" } })).Key);

        Assert.Equal("{}", (await reader.ReadAsync($"{Candidatures}/{id}"))["answers"]!["attachments"]![0]!.ToJsonString());
        Assert.Equal("Délibération", (await Administrator.ReadAsync($"{Candidatures}/{id}"))["answers"]!["attachments"]![0]!["title"].Text());
    }

    [Fact]
    public async Task A_commune_is_taken_in_twice_only_when_the_team_says_why()
    {
        var code = host.NextInseeCode();
        await host.TrackAsync(async () => await Administrator.DoneAsync(await Administrator.SubmittedAsync(Letter(code)), "acceptance"));
        var second = await Administrator.SubmittedAsync(Letter(code));

        await RefusedAsync(second, "acceptance", new() { ["secondProject"] = " " }, HttpStatusCode.Conflict, "recruitment.commune_already_accepted");
        var accepted = await Administrator.DoneAsync(second, "acceptance", new() { ["secondProject"] = "Le premier café a fermé." });
        Assert.Equal("Le premier café a fermé.", accepted["history"]![1]!["reason"].Text());
    }

    [Fact]
    public async Task What_was_declined_is_reopened_unless_the_commune_has_applied_again()
    {
        var code = host.NextInseeCode();
        var first = await Administrator.SubmittedAsync(Letter(code));
        await RefusedAsync(first, "reopening", new() { ["reason"] = "?" }, HttpStatusCode.Conflict, "recruitment.candidature_not_closed");
        await Administrator.DoneAsync(first, "refusal", new() { ["reason"] = "Trop tôt." });
        var second = await Administrator.SubmittedAsync(Letter(code));
        await RefusedAsync(first, "reopening", new() { ["reason"] = "Un local." }, HttpStatusCode.Conflict, "recruitment.candidature_already_open");
        await RefusedAsync(second, "merger", new() { ["into"] = $"{first}", ["reason"] = "La même." }, HttpStatusCode.UnprocessableEntity, "recruitment.candidature_not_a_duplicate");
        await RefusedAsync(second, "merger", new() { ["into"] = $"{Guid.CreateVersion7()}", ["reason"] = "La même." }, HttpStatusCode.UnprocessableEntity, "recruitment.other_candidature_unknown");
        await Administrator.DoneAsync(second, "withdrawal");
        Assert.Equal("submitted", (await Administrator.DoneAsync(first, "reopening", new() { ["reason"] = "Un local." }))["status"].Text());
    }

    [Fact]
    public async Task A_letter_under_a_former_code_keeps_the_code_it_came_under_and_Corsica_waits_for_an_antenne()
    {
        var (commune, former) = Registry.Communes.Where(commune => commune is { Departement: "50", Eligible: true })
            .SelectMany(commune => commune.FormerCodes, (commune, former) => (commune, former)).First(pair => Registry.Find(pair.former)?.Commune == pair.commune && pair.former != pair.commune.InseeCode);
        // No other test applies for communes of these three départements
        var merged = await Administrator.ReadAsync($"{Candidatures}/{await Administrator.SubmittedAsync(Letter(former))}");
        Assert.Equal((commune.InseeCode, former), (merged["commune"]!["inseeCode"].Text(), merged["study"]!["sentAs"]!["inseeCode"].Text()));
        Assert.Equal(("northWest", "Bretagne / Normandie"), (merged["study"]!["antenne"].Text(), merged["study"]!["antenneName"].Text()));

        var corsican = Registry.Communes.First(commune => commune is { Departement: "2B", Eligible: true, Population: > 0 });
        var id = await Administrator.SubmittedAsync(Letter(corsican.InseeCode));
        Assert.Equal([id], await IdsAsync("?departement=2B&unassigned=true"));
        await Administrator.DoneAsync(id, "antenne-assignment", new() { ["antenne"] = "southEast" });
        Assert.Equal([id], await IdsAsync("?departement=2B&antenne=southEast&unassigned=false"));
    }

    [Fact]
    public async Task The_list_is_read_by_priority_page_by_page_and_by_each_filter()
    {
        var codes = Registry.Communes.Where(commune => commune is { Departement: "90", Eligible: true }).Take(6).Select(commune => commune.InseeCode).ToList();
        int[] shops = [1, 0, 3, 0, 1, 0];
        List<Guid> ids = [];
        foreach (var (code, count) in codes.Zip(shops))
        {
            var letter = Letter(code);
            letter["otherShops"] = count;
            ids.Add(await Administrator.SubmittedAsync(letter));
        }

        await Administrator.DoneAsync(ids[3], "visit-plan", new() { ["on"] = Today });
        Guid[] ranked = [ids[1], ids[3], ids[5], ids[0], ids[2], ids[4]];
        foreach (var limit in new[] { 1, 2, 4, 6 })
        {
            Assert.Equal(ranked, await IdsAsync($"?departement=90&sort=priority&limit={limit}"));
        }

        Assert.Equal(ranked[..3], await IdsAsync("?departement=90&sort=priority&minScore=100&limit=2"));
        Assert.Equal([ids[1], ids[3], ids[5]], await IdsAsync("?departement=90&minScore=46"));
        Assert.Equal([ids[3]], await IdsAsync("?departement=90&waitingFor=visit&sort=priority"));
        Assert.Equal(ranked, await IdsAsync("?departement=90&antenne=southEast&status=submitted&eligible=true&sort=priority&limit=4"));
        Assert.Equal(ranked, await IdsAsync("?departement=90&sort=priority&limit=2&updatedSince=2020-01-01T00:00:00Z"));
    }

    private async Task<JsonNode> WaitAsync(Guid id) => (await Administrator.ReadAsync($"{Candidatures}/{id}"))["study"]!["waiting"]!;

    private async Task RefusedAsync(Guid id, string act, JsonObject? body, HttpStatusCode status, string code)
    {
        using var answer = await Administrator.ActAsync(id, act, body);
        Assert.Equal(code, (await answer.ReadAsync(status))["code"].Text());
    }

    private async Task<List<Guid>> IdsAsync(string query)
    {
        List<Guid> ids = [];
        for (string? after = ""; after is not null;)
        {
            var page = await Administrator.ReadAsync(Candidatures + query + (after.Length == 0 ? "" : $"&after={after}"));
            ids.AddRange(page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>()));
            after = page["next"]?.GetValue<string>();
        }

        return ids;
    }
}
