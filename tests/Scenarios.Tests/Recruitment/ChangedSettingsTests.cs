using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using MilleCafes.Testing.Contract;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Letters;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>Whoever changes a setting sees what was stored under the one before follow at the next start.</summary>
public sealed class ChangedSettingsTests(MilleCafesHost host)
{
    private const string Moved = "87";

    private static readonly (string Name, string Value)[] OtherWeights =
        [("Recruitment:Priority:NoOtherShop", "60"), ("Recruitment:Priority:CafeMissing", "10"), ("Recruitment:Priority:ResidentsInvolved", "20")];

    private static readonly (string Name, string Value)[] OtherSplit =
        [("Antennes:NouvelleAquitaineNorth", "16,17,23,79,86"), ("Antennes:NouvelleAquitaineSouth", "19,24,33,40,47,64,87")];

    private static readonly IReadOnlyList<string> There =
        [.. CommuneRegistry.Official.Communes.Where(commune => commune is { Departement: Moved, Eligible: true, Population: > 0 }).Select(commune => commune.InseeCode)];

    [Fact]
    public async Task Open_candidatures_are_ranked_by_other_weights_at_the_next_start_and_decided_ones_are_not()
    {
        await using var first = await StartAsync();
        using var before = first.CreateClient(administrator: true);
        var (open, old, declined) = (await before.SubmittedAsync(WithShop(There[0])), await before.SubmittedAsync(WithShop(There[1])), await before.SubmittedAsync(WithShop(There[2])));
        await before.DoneAsync(declined, "refusal", new() { ["reason"] = "Trop loin." });
        await using var database = NpgsqlDataSource.Create(first.Connection);
        await database.ValueAsync<Guid>(
            $$"""update recruitment.mt_doc_communecandidature set data = data - 'rankedBy' - 'filedUnder' || '{"derivedVersion": 2}' where id = '{{old}}' returning id""");

        await using var second = await StartAsync(first, OtherWeights);
        using var after = Clients.Of(second.Address, first.Key);

        foreach (var id in new[] { open, old })
        {
            var ranked = await after.ReadAsync($"{Candidatures}/{id}");
            Assert.Equal("40: 0/60 10/10 20/20 10/10", PriorityOf(ranked));
            var noted = ranked["history"]!.AsArray()[^1]!;
            Assert.Equal(("priorityEvaluated", "45 → 40 (55+20+15+10 → 60+10+20+10)"), (noted["act"].Text(), noted["detail"].Text()));
            Assert.Null(noted["actor"]);
            var entry = Assert.Single((await after.ReadAsync($"/v1/access/audit?subject={id}&operation=FollowSettings"))["items"]!.AsArray())!;
            Assert.Null(entry["clientId"]);
        }

        var kept = await after.ReadAsync($"{Candidatures}/{declined}");
        Assert.Equal(("45: 0/55 20/20 15/15 10/10", "declined"), (PriorityOf(kept), kept["history"]!.AsArray()[^1]!["act"].Text()));
        var listed = await after.ReadAsync($"{Candidatures}?sort=priority&minScore=41");
        Assert.Equal([$"{declined}"], listed["items"]!.AsArray().Select(item => item!["id"].Text()));

        var state = await DatabaseState.ReadAsync(first.Connection);
        await using var third = await StartAsync(first, OtherWeights);
        Assert.True((await DatabaseState.ReadAsync(first.Connection)).IsAs(state), "A start with the same settings stores nothing.");
    }

    [Fact]
    public async Task Whatever_carries_an_antenne_is_filed_under_the_one_its_departement_has_at_the_next_start()
    {
        await using var first = await StartAsync();
        using var before = first.CreateClient(administrator: true);
        var (commune, decided, assigned) = (await before.SubmittedAsync(Letter(There[0])), await before.SubmittedAsync(Letter(There[1])), await before.SubmittedAsync(Letter(There[2])));
        await before.DoneAsync(decided, "refusal", new() { ["reason"] = "Trop loin." });
        await before.DoneAsync(assigned, "antenne-assignment", new() { ["antenne"] = "centreWest" });
        var café = Guid.Parse(await OffersAndCafes.AppliedAsync(before, There[3]));
        var (candidate, wishful) = (await FollowedAsync(before, null), await FollowedAsync(before, "centreWest"));
        Assert.Equal(["centreWest", "centreWest", "centreWest", "centreWest"], await FiledAsync(before, candidate, wishful, commune, café));

        await using var second = await StartAsync(first, OtherSplit);
        using var after = Clients.Of(second.Address, first.Key);

        Assert.Equal(
            ["southWest", "southWest", "centreWest"],
            await Task.WhenAll(new[] { commune, decided, assigned }.Select(async id => (await after.ReadAsync($"{Candidatures}/{id}"))["study"]!["antenne"].Text())));
        Assert.Equal([$"{assigned}"], (await after.ReadAsync($"{Candidatures}?antenne=centreWest"))["items"]!.AsArray().Select(item => item!["id"].Text()));
        Assert.Equal(["southWest", "centreWest", "southWest", "southWest"], await FiledAsync(after, candidate, wishful, commune, café));
        foreach (var (antenne, id) in new[] { ("southWest", candidate), ("centreWest", wishful) })
        {
            Assert.Equal(1, (await after.ReadAsync($"{Gerants}/funnel?antenne={antenne}"))["candidatures"]!.GetValue<long>());
            Assert.Equal($"{id}", Assert.Single((await after.ReadAsync($"{Gerants}?antenne={antenne}"))["items"]!.AsArray())!["id"].Text());
            var lines = (await after.ReadAsync($"/v1/recruitment/waiting?kind=gerantCandidature&antenne={antenne}"))["items"]!.AsArray();
            Assert.Equal(["hostFeedback", "observations"], lines.Where(line => line!["gerantCandidatureId"].Text() == $"{id}").Select(line => line!["for"].Text()).Order());
        }

        await using var database = NpgsqlDataSource.Create(first.Connection);
        Assert.Equal(
            ["SouthWest", "SouthWest", "SouthWest"],
            await database.ListAsync<string>(string.Join(" union all ", new[] { "interview", "immersion", "scorecard" }
                .Select(table => $"select data ->> 'antenne' from recruitment.mt_doc_{table} where data ->> 'candidatureId' = '{candidate}'"))));
        var state = await DatabaseState.ReadAsync(first.Connection);
        await using var third = await StartAsync(first, OtherSplit);
        Assert.True((await DatabaseState.ReadAsync(first.Connection)).IsAs(state), "A start with the same settings stores nothing.");
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_rank_each_of_many_candidatures_once()
    {
        const int Many = 450;
        await using var first = await StartAsync();
        using var before = first.CreateClient(administrator: true);
        var one = await before.SubmittedAsync(WithShop(There[0]));
        await using var database = NpgsqlDataSource.Create(first.Connection);
        await using var copy = database.CreateCommand($"""
            insert into recruitment.mt_doc_communecandidature (id, data, mt_version, mt_last_modified, mt_dotnet_type)
            select copied, data || jsonb_build_object('id', copied, 'inseeCode', number, 'openInseeCode', number), mt_version, mt_last_modified, mt_dotnet_type
            from recruitment.mt_doc_communecandidature, lateral (select gen_random_uuid() copied, 'X' || n number from generate_series(2, {Many}) n) copies where id = '{one}'
            """);
        await copy.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var nodes = await Task.WhenAll(StartAsync(first, OtherWeights), StartAsync(first, OtherWeights));

        try
        {
            Assert.Equal(Many, await database.ValueAsync<long>(
                "select count(*) from recruitment.mt_doc_communecandidature where jsonb_array_length(data -> 'history') = 2 and data -> 'history' -> 1 ->> 'act' = 'priorityEvaluated' and mt_version = 2"));
        }
        finally
        {
            await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        }
    }

    private static JsonObject WithShop(string inseeCode)
    {
        var letter = Letter(inseeCode);
        letter["otherShops"] = 1;
        return letter;
    }

    private static string PriorityOf(JsonNode candidature) =>
        $"{candidature["priority"]!["score"]}: {string.Join(' ', candidature["priority"]!["parts"]!.AsArray().Select(part => $"{part!["points"]}/{part["maximum"]}"))}";

    /// <summary>Somebody who lives there, with an interview behind, an immersion that is over, and a scorecard.</summary>
    private static async Task<Guid> FollowedAsync(HttpClient http, string? antenne)
    {
        var letter = RightGerants.Letter(RightGerants.NextEmail());
        letter["applicant"] = new { form = "person", name = "Camille Exemple", email = RightGerants.NextEmail(), inseeCode = There[4], motivation = "Je veux faire vivre mon village." };
        letter["wishes"] = antenne is null ? null : new { antenne };
        var candidate = await http.CreatedAsync(Gerants, letter);
        await http.DoneAsync($"{Gerants}/{candidate}/study");
        await http.CreatedAsync(Scorecards, new { candidatureId = candidate, observers = new[] { new { role = "staff", clientId = KnownClients.Administrator } } });
        await http.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = KnownClients.Administrator });
        using var booked = await http.BookAsync(candidate, await http.HostCafeAsync(), inDays: -5);
        await booked.ReadAsync(HttpStatusCode.Created);
        return candidate;
    }

    /// <summary>The antenne of each in the list of what waits.</summary>
    private static async Task<IEnumerable<string>> FiledAsync(HttpClient http, params Guid[] ids)
    {
        var lines = (await http.ReadAsync("/v1/recruitment/waiting?limit=200"))["items"]!.AsArray();
        return ids.Select(id => Assert.Single(
            lines.Where(line => line!["id"].Text() == $"{id}" || $"{line["gerantCandidatureId"]}" == $"{id}").Select(line => line!["antenne"].Text()).Distinct()));
    }

    /// <summary>Another start, with what each does at its start done.</summary>
    private async Task<AnotherHost> StartAsync(AnotherHost? on = null, params (string Name, string Value)[] settings)
    {
        var node = await host.StartApartAsync(on?.Connection ?? await host.CreateDatabaseAsync(), _ => { }, settings);
        await node.StoredAgainAsync();
        await KnownClients.KnownAsync(node.Connection, KnownClients.Administrator);
        return node;
    }
}
