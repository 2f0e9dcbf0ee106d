using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.OffersAndCafes;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>01330 was a commune until 2025, and became part of Haut Valromey (01187): what stands under its code is found, and read by the mairie.</summary>
public sealed class FormerCodeTests(MilleCafesHost host)
{
    private const string Former = "01330";
    private const string Present = "01187";

    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write", "accompaniment:read"];

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task What_stands_under_the_code_of_a_commune_that_merged_is_found_by_either_code_and_read_by_the_mairie_of_today()
    {
        var (offer, cafe) = (await PublishedAsync(Team, Present), await MadeAsync(Team, Cafes, Cafe(Present)));
        var commune = await Team.SubmittedAsync(Letters.Letter(Present));
        var (candidature, address) = await RightSelection.PresentationAsync(host, Present);
        var presentation = address.Split('/')[^1];
        await AsBeforeTheMergerAsync("geranceoffer", offer);
        await AsBeforeTheMergerAsync("cafecandidature", cafe);
        await AsBeforeTheMergerAsync("communecandidature", $"{commune}");
        await AsBeforeTheMergerAsync("presentation", presentation, "shownIn");
        await AsBeforeTheMergerAsync("gerantcandidature", candidature, "presentedIn");
        using var today = await MairieAsync(Present);
        using var formerly = await MairieAsync(Former);
        using var other = await MairieAsync(host.NextInseeCode());

        foreach (var (list, id) in new[] { (Offers, offer), (Cafes, cafe), (Letters.Candidatures, $"{commune}"), (RightSelection.Presentations, presentation) })
        {
            foreach (var query in new[] { "", $"?inseeCode={Present}", $"?inseeCode={Former}" })
            {
                foreach (var reader in query.Length == 0 ? [today, formerly] : new[] { Team, today })
                {
                    Assert.Contains(id, await IdsAsync(reader, list + query));
                }
            }

            Assert.Equal(id, (await today.ReadAsync($"{list}/{id}"))["id"].Text());
            Assert.DoesNotContain(id, await IdsAsync(other, list));
            Assert.DoesNotContain(id, await IdsAsync(Team, $"{list}?inseeCode=12268"));
        }

        Assert.Contains(offer, await IdsAsync(host.Anonymous, $"{Open}?inseeCode={Present}"));
        Assert.Contains(candidature, await IdsAsync(today, Candidates.Gerants));
        await today.DoneAsync($"{address}/answers", new { answer = "yes", reason = "Le conseil l'a rencontrée." });
        await Team.DoneAsync(commune, "withdrawal");
    }

    [Fact]
    public async Task A_café_that_is_judged_again_is_taken_in_under_the_commune_of_today()
    {
        var body = Cafe(Present);
        var cafe = await MadeAsync(Team, Cafes, body);
        await AsBeforeTheMergerAsync("cafecandidature", cafe);
        Assert.Equal("recruitment.cafe_candidature_commune_merged", await RefusedAsync(Team, $"{Cafes}/{cafe}/acceptance", HttpStatusCode.Conflict));
        body.Remove("siret");
        body.Remove("inseeCode");

        using var changed = await Team.PutAsync($"{Cafes}/{cafe}", System.Net.Http.Json.JsonContent.Create(body), TestContext.Current.CancellationToken);

        var moved = await changed.ReadAsync(HttpStatusCode.OK);
        Assert.Equal((Present, "communeMerged", "01330 Haut Valromey → 01187 Haut Valromey"), (moved["commune"]!["inseeCode"].Text(), moved["history"]!.AsArray()[^1]!["act"].Text(), moved["history"]!.AsArray()[^1]!["detail"].Text()));
        Assert.Single(moved["earlierEligibilities"]!.AsArray());
        var session = await host.TrackAsync(() => DoneAsync(Team, $"{Cafes}/{cafe}/acceptance"));
        Assert.Equal(Present, session.Sent.MessagesOf<MilleCafes.Recruitment.Contracts.CafeCandidatureAccepted>().First().InseeCode);
    }

    [Fact]
    public async Task Whoever_lives_in_a_commune_that_merged_is_a_local_candidate_of_the_offers_of_today_s_and_the_other_way_round()
    {
        var (present, former) = (await PublishedAsync(Team, Present), await PublishedAsync(Team, Present));
        await AsBeforeTheMergerAsync("geranceoffer", former);
        var (neighbour, there, formerly) = (await Team.CandidateAsync(home: "01004"), await Team.CandidateAsync(home: Present), await Team.CandidateAsync(home: Present));
        await LivesInFormerAsync(formerly);

        foreach (var offer in new[] { present, former })
        {
            var ranked = await RowsAsync(Team, $"{Offers}/{offer}/best-candidates");
            Assert.Equal([(there, "sameCommune"), (formerly, "sameCommune"), (neighbour, "sameDepartement")], ranked.Select(Near).Where(one => one.Id == there || one.Id == formerly || one.Id == neighbour));
        }

        foreach (var candidate in new[] { there, formerly })
        {
            var ranked = await RowsAsync(Team, $"{Candidates.Gerants}/{candidate}/best-offers");
            Assert.Equal([(Guid.Parse(present), "sameCommune"), (Guid.Parse(former), "sameCommune")], ranked.Select(Near).Where(one => one.Id == Guid.Parse(present) || one.Id == Guid.Parse(former)));
        }

        static (Guid Id, string Closeness) Near(JsonNode row) => (row["id"]!.GetValue<Guid>(), row["closeness"].Text());
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpClient http, string list) => [.. (await RowsAsync(http, list)).Select(row => row["id"].Text())];

    private static async Task<IReadOnlyList<JsonNode>> RowsAsync(HttpClient http, string list)
    {
        var rows = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            var page = await http.ReadAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=200{next}");
            rows.AddRange(page["items"]!.AsArray()!);
            next = (string?)page["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        return rows;
    }

    private async Task<HttpClient> MairieAsync(string inseeCode) => host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode })).Key);

    // A document of the time when the former code was in use: today nobody can make one
    private async Task AsBeforeTheMergerAsync(string table, string id, string? besides = null)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand(
            $"update recruitment.mt_doc_{table} set data = data || jsonb_build_object('inseeCode', $2::text) || jsonb_build_object($3::text, $2::text) where id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        command.Parameters.Add(new() { Value = Former });
        command.Parameters.Add(new() { Value = besides ?? "inseeCode" });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private async Task LivesInFormerAsync(Guid candidature)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand(
            "update recruitment.mt_doc_gerantcandidature set data = jsonb_set(data, '{applicant,inseeCode}', to_jsonb($2::text)) || jsonb_build_object('freeInseeCode', $2::text) where id = $1");
        command.Parameters.Add(new() { Value = candidature });
        command.Parameters.Add(new() { Value = Former });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
