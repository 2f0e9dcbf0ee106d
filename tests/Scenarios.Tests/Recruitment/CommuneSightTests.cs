using System.Globalization;
using MilleCafes.Shared;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>What a mairie is shown of its own file while the team studies it.</summary>
public sealed class CommuneSightTests(MilleCafesHost host)
{
    private static readonly string Today = TimeProvider.System.Today().ToString("O", CultureInfo.InvariantCulture);

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_mairie_reads_where_its_file_stands_and_what_it_is_told_but_not_what_the_team_says_within_itself()
    {
        var code = host.NextInseeCode();
        using var mairie = host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", inseeCode = code, scopes = new[] { "recruitment:read", "recruitment:write" } })).Key);
        var id = await mairie.SubmittedAsync(LetterWithoutPremises(code));
        var before = (await mairie.ReadAsync($"{Candidatures}/{id}"))["study"]!["waiting"]!.ToJsonString();
        var asked = await Team.DoneAsync(id, "opinion-request", new() { ["whom"] = "Interne : antenne", ["question"] = "Interne : le maire tient-il ?", ["dueOn"] = Today });
        Assert.Equal("opinion", asked["study"]!["waiting"]!["for"].Text());
        await AssertWaitsAsBeforeAsync();
        await Team.DoneAsync(id, "opinion", new() { ["requestId"] = asked["study"]!["opinions"]![0]!["id"].Text(), ["advice"] = "unfavourable", ["text"] = "Interne : non." });
        await AssertWaitsAsBeforeAsync();
        await Team.DoneAsync(id, "antenne-assignment", new() { ["unassigned"] = true, ["reason"] = "Interne : à revoir." });
        await Team.DoneAsync(id, "visit-plan", new() { ["on"] = Today });
        await Team.DoneAsync(id, "visit-report", new() { ["report"] = "Interne : local humide." });
        await Team.DoneAsync(id, "eligibility-override", new() { ["reason"] = "Interne : le préfet insiste." });
        await Team.DoneAsync(id, "correction-request", new() { ["what"] = "La surface ?", ["dueOn"] = Today });

        List<JsonNode> shown = [await mairie.ReadAsync($"{Candidatures}/{id}"), .. (await mairie.ReadAsync(Candidatures))["items"]!.AsArray().Select(item => item!), await mairie.DoneAsync(id, "correction-answer", new() { ["answer"] = "65 m²." })];
        await Team.DoneAsync(id, "refusal", new() { ["reason"] = "Trop tôt." });
        shown.Add(await mairie.ReadAsync($"{Candidatures}/{id}"));

        Assert.Equal(4, shown.Count);
        Assert.All(shown, read =>
        {
            Assert.DoesNotContain("Interne", read.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("nfavourable", read.ToJsonString(), StringComparison.Ordinal);
            Assert.Empty(read["study"]!["opinions"]!.AsArray());
            Assert.Equal((Today, Today), (read["study"]!["visits"]![0]!["plannedOn"].Text(), read["study"]!["visits"]![0]!["doneOn"].Text()));
            Assert.Equal("La surface ?", read["study"]!["corrections"]![0]!["what"].Text());
            Assert.NotNull(read["eligibility"]!["override"]!["at"]);
        });
        Assert.Equal(
            ["submitted", "antenneAssigned", "visitPlanned", "visitDone", "eligibilityOverridden", "correctionsRequested", "correctionsAnswered", "declined"],
            shown[^1]["history"]!.AsArray().Select(done => done!["act"].Text()));
        Assert.Equal("Trop tôt.", shown[^1]["history"]!.AsArray()[^1]!["reason"].Text());
        var whole = (await Team.ReadAsync($"{Candidatures}/{id}")).ToJsonString();
        Assert.All(["antenne", "le maire tient-il", "non.", "revoir", "local humide", "fet insiste"], said => Assert.Contains(said, whole, StringComparison.Ordinal));

        async Task AssertWaitsAsBeforeAsync()
        {
            Assert.Equal(before, (await mairie.ReadAsync($"{Candidatures}/{id}"))["study"]!["waiting"]!.ToJsonString());
            Assert.Equal(before, Assert.Single((await mairie.ReadAsync($"{Candidatures}?waitingFor=team"))["items"]!.AsArray())!["study"]!["waiting"]!.ToJsonString());
            Assert.Empty((await mairie.ReadAsync($"{Candidatures}?waitingFor=opinion"))["items"]!.AsArray());
        }
    }

    [Fact]
    public async Task Why_something_was_done_is_read_with_personal_data_only()
    {
        using var reader = host.With((await host.AddClientAsync(new { name = "Sans données", kind = "staff", scopes = new[] { "recruitment:read" } })).Key);
        var id = await Team.SubmittedAsync(LetterWithoutPremises(host.NextInseeCode()));
        await Team.DoneAsync(id, "eligibility-override", new() { ["reason"] = "Le maire le veut." });
        var letter = OffersAndCafes.Cafe(host.NextInseeCode());
        letter["carriedByGerant"] = false;
        var cafe = await OffersAndCafes.MadeAsync(Team, OffersAndCafes.Cafes, letter);
        await OffersAndCafes.DoneAsync(Team, $"{OffersAndCafes.Cafes}/{cafe}/eligibility-override", new() { ["reason"] = "Le gérant le veut." });

        foreach (var (path, reason) in new[] { ($"{Candidatures}/{id}", "Le maire le veut."), ($"{OffersAndCafes.Cafes}/{cafe}", "Le gérant le veut.") })
        {
            var (without, with) = (await reader.ReadAsync(path), await Team.ReadAsync(path));
            Assert.DoesNotContain(reason, without.ToJsonString(), StringComparison.Ordinal);
            Assert.NotNull(without["eligibility"]!["override"]);
            Assert.Equal((reason, reason), (with["eligibility"]!["override"]!["reason"].Text(), with["history"]!.AsArray()[^1]!["reason"].Text()));
        }
    }
}
