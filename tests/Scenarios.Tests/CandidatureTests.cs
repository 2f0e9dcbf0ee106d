using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using Npgsql;
using Wolverine.Tracking;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests;

/// <summary>The life of a candidature, from the letter to the café project.</summary>
public sealed class CandidatureTests(MilleCafesHost host)
{
    private HttpClient Administrator => host.Administrator;

    private CommuneRegistry Registry => host.Host.Services.GetRequiredService<CommuneRegistry>();

    [Fact]
    public async Task A_candidature_is_submitted_and_found_again()
    {
        var code = host.NextInseeCode();
        using var answer = await Administrator.SubmitAsync(Letter(code));
        var submitted = await answer.ReadAsync(HttpStatusCode.Created);
        var found = await Administrator.ReadAsync(answer.Headers.Location!.ToString());

        Assert.True(JsonNode.DeepEquals(submitted, found), $"{submitted}\n{found}");
        var commune = Registry.Find(code)!.Commune;
        Assert.Equal("submitted", found["status"].Text());
        Assert.Equal((commune.InseeCode, commune.Name, commune.Departement),
            (found["commune"]!["inseeCode"].Text(), found["commune"]!["name"].Text(), found["commune"]!["departement"].Text()));
        Assert.Equal((true, commune.Population, Registry.RegistryYear),
            (found["eligibility"]!["eligible"]!.GetValue<bool>(), found["eligibility"]!["population"]!.GetValue<int>(), found["eligibility"]!["registryYear"]!.GetValue<int>()));
        Assert.Equal(found["priority"]!["parts"]!.AsArray().Sum(part => part!["points"]!.GetValue<int>()), found["priority"]!["score"]!.GetValue<int>());
        Assert.Equal(100, found["priority"]!["score"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_candidature_that_is_not_eligible_is_kept_with_its_reasons_in_both_languages()
    {
        var large = Registry.Communes.First(commune => commune is { Departement: "80", Eligible: false });
        var letter = LetterWithoutPremises(large.InseeCode);
        letter["cafeSituation"] = "open";
        letter["carriedByMayor"] = false;
        var id = await Administrator.SubmittedAsync(letter);

        var french = (await Administrator.ReadAsync($"{Candidatures}/{id}"))["eligibility"]!;
        var english = (await Administrator.ReadAsync($"{Candidatures}/{id}", "en"))["eligibility"]!;
        Assert.False(french["eligible"]!.GetValue<bool>());
        Assert.Equal(4, Unmet(french).Count);
        Assert.Contains("La commune a 3 500 habitants ou plus.", Unmet(french));
        Assert.Contains("La commune ne connaît pas de local adapté.", Unmet(french));
        Assert.Contains("The commune has 3,500 residents or more.", Unmet(english));
        Assert.Contains("The mayor does not carry the file.", Unmet(english));
    }

    [Fact]
    public async Task An_override_with_its_reason_lets_a_candidature_be_accepted()
    {
        const string Reason = "Le local sera construit l'an prochain ; le conseil a voté les crédits.";
        var id = await Administrator.SubmittedAsync(LetterWithoutPremises(host.NextInseeCode()));

        var overridden = await Administrator.DoneAsync(id, "eligibility-override", new() { ["reason"] = Reason });
        Assert.Equal("submitted", overridden["status"].Text());
        Assert.False(overridden["eligibility"]!["eligible"]!.GetValue<bool>());
        Assert.Equal(Reason, overridden["eligibility"]!["override"]!["reason"].Text());

        await host.TrackAsync(() => Administrator.DoneAsync(id, "acceptance"));
        var accepted = await Administrator.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal("accepted", accepted["status"].Text());
        Assert.Equal(["submitted", "eligibilityOverridden", "accepted"], accepted["history"]!.AsArray().Select(act => act!["act"].Text()));
        Assert.Equal(Reason, accepted["history"]![1]!["reason"].Text());
        Assert.Single(await ProjectsAsync(accepted["commune"]!["inseeCode"].Text()));
    }

    [Fact]
    public async Task An_accepted_commune_gets_its_café_project_in_definition()
    {
        var code = host.NextInseeCode();
        var id = await Administrator.SubmittedAsync(Letter(code));
        var session = await host.TrackAsync(() => Administrator.DoneAsync(id, "acceptance"));

        var project = Assert.Single(await ProjectsAsync(code))!;
        Assert.Equal("definition", project["phase"].Text());
        Assert.Equal(id, project["candidatureId"]!.GetValue<Guid>());
        Assert.True(JsonNode.DeepEquals(project, await Administrator.ReadAsync($"{Projects}/{project["id"]}")));
        Assert.Equal(project["id"]!.GetValue<Guid>(), session.FindSingleTrackedMessageOfType<CafeProjectOpened>(MessageEventType.Sent).ProjectId);
    }

    [Fact]
    public async Task A_replayed_acceptance_opens_no_second_project()
    {
        var code = host.NextInseeCode();
        var id = await Administrator.SubmittedAsync(Letter(code));
        var session = await host.TrackAsync(() => Administrator.DoneAsync(id, "acceptance"));
        var accepted = session.FindSingleTrackedMessageOfType<CommuneCandidatureAccepted>(MessageEventType.Sent);

        var replay = await host.Host.TrackActivity().PublishMessageAndWaitAsync(accepted);

        Assert.NotEmpty(replay.MessageSucceeded.MessagesOf<CommuneCandidatureAccepted>());
        Assert.Empty(replay.Sent.MessagesOf<CafeProjectOpened>());
        Assert.Single(await ProjectsAsync(code));
    }

    [Fact]
    public async Task A_commune_can_apply_again_after_it_withdrew_or_was_declined()
    {
        var code = host.NextInseeCode();
        await Administrator.DoneAsync(await Administrator.SubmittedAsync(Letter(code)), "withdrawal", new() { ["reason"] = "Élections" });
        await Administrator.DoneAsync(await Administrator.SubmittedAsync(Letter(code)), "refusal", new() { ["reason"] = "Le local a été vendu." });
        await Administrator.SubmittedAsync(Letter(code));

        var list = await Administrator.ReadAsync($"{Candidatures}?inseeCode={code}");
        Assert.Equal(["withdrawn", "declined", "submitted"], list["items"]!.AsArray().Select(item => item!["status"].Text()));
    }

    [Fact]
    public async Task A_merged_commune_applies_as_the_commune_it_now_belongs_to()
    {
        var (commune, former) = Registry.Communes.Where(commune => commune is { Departement: "61", Eligible: true })
            .SelectMany(commune => commune.FormerCodes, (commune, former) => (commune, former))
            .First(pair => Registry.Find(pair.former)?.Commune == pair.commune && pair.former != pair.commune.InseeCode);

        var id = await Administrator.SubmittedAsync(Letter(former));
        Assert.Equal(commune.InseeCode, (await Administrator.ReadAsync($"{Candidatures}/{id}"))["commune"]!["inseeCode"].Text());
        using var again = await Administrator.SubmitAsync(Letter(commune.InseeCode));
        Assert.Equal("recruitment.candidature_already_open", (await again.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
    }

    [Fact]
    public async Task The_list_is_filtered_and_read_page_by_page()
    {
        // No other test applies for Corsican communes
        var codes = Registry.Communes.Where(commune => commune is { Departement: "2A", Eligible: true, Population: > 0 }).Take(5).Select(commune => commune.InseeCode).ToList();
        var ids = new List<Guid>();
        foreach (var code in codes)
        {
            ids.Add(await Administrator.SubmittedAsync(code == codes[3] ? LetterWithoutPremises(code) : Letter(code)));
        }

        await host.TrackAsync(() => Administrator.DoneAsync(ids[1], "acceptance"));
        await Administrator.DoneAsync(ids[2], "withdrawal");

        Assert.Equal(ids, await PagesAsync("?departement=2A&limit=2", expectedPages: 3));
        Assert.Equal(ids, await PagesAsync("?departement=2A&limit=5", expectedPages: 1));
        Assert.Equal([ids[1]], await PagesAsync("?departement=2A&status=accepted", expectedPages: 1));
        Assert.Equal([ids[0], ids[3], ids[4]], await PagesAsync("?departement=2A&status=submitted&limit=1", expectedPages: 3));
        Assert.Equal([ids[3]], await PagesAsync("?departement=2A&eligible=false", expectedPages: 1));
        Assert.Equal([ids[0], ids[1], ids[2], ids[4]], await PagesAsync("?departement=2A&eligible=true&limit=3", expectedPages: 2));
        Assert.Equal([ids[4]], await PagesAsync($"?inseeCode={codes[4]}", expectedPages: 1));
        Assert.Equal([], await PagesAsync("?departement=2A&status=declined", expectedPages: 1));
        foreach (var query in new[] { "?limit=0", "?limit=201", "?after=hier", "?status=ouverte" })
        {
            using var answer = await Administrator.GetAsync(Candidatures + query, TestContext.Current.CancellationToken);
            Assert.Equal("request.malformed", (await answer.ReadAsync(HttpStatusCode.BadRequest))["code"].Text());
        }
    }

    [Fact]
    public async Task Of_eight_acceptances_at_once_one_wins_and_one_project_is_opened()
    {
        var code = host.NextInseeCode();
        var id = await Administrator.SubmittedAsync(Letter(code));
        var answers = Array.Empty<HttpResponseMessage>();
        var session = await host.TrackAsync(async () => answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Administrator.ActAsync(id, "acceptance"))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(session.Sent.MessagesOf<CommuneCandidatureAccepted>().Distinct());
        Assert.Single(session.Sent.MessagesOf<CafeProjectOpened>().Distinct());
        Assert.Single(await ProjectsAsync(code));
        Assert.Single((await Administrator.ReadAsync($"{Candidatures}/{id}"))["history"]!.AsArray(), act => act!["act"].Text() == "accepted");
    }

    [Fact]
    public async Task Of_eight_letters_of_one_commune_at_once_one_is_kept()
    {
        var code = host.NextInseeCode();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Administrator.SubmitAsync(Letter(code))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            Assert.Equal("recruitment.candidature_already_open", (await refused.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
        }

        await using var database = NpgsqlDataSource.Create(host.Connection);
        Assert.Equal(1L, await database.ValueAsync<long>($"select count(*) from recruitment.mt_doc_communecandidature where data ->> 'inseeCode' = '{code}'"));
    }

    private static List<string> Unmet(JsonNode eligibility) =>
        [.. eligibility["reasons"]!.AsArray().Where(reason => !reason!["met"]!.GetValue<bool>()).Select(reason => reason!["text"].Text())];

    private async Task<JsonArray> ProjectsAsync(string inseeCode) => (await Administrator.ReadAsync($"{Projects}?inseeCode={inseeCode}"))["items"]!.AsArray();

    /// <summary>Follows the cursors to the last page.</summary>
    private async Task<List<Guid>> PagesAsync(string query, int expectedPages)
    {
        var ids = new List<Guid>();
        var pages = 0;
        for (string? after = ""; after is not null; pages++)
        {
            var page = await Administrator.ReadAsync(Candidatures + query + (after.Length == 0 ? "" : $"&after={after}"));
            ids.AddRange(page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>()));
            after = page["next"]?.GetValue<string>();
        }

        Assert.Equal(expectedPages, pages);
        return ids;
    }
}
