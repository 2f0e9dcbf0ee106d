using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.FollowUp;

/// <summary>What waits, on whom and since when.</summary>
public sealed class WaitingTests(MilleCafesHost host)
{
    private const string Waiting = "/v1/recruitment/waiting";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task A_candidate_waits_on_one_after_the_other_until_they_are_trained()
    {
        var commune = host.NextInseeCode();
        var offer = await Team.OfferAsync(commune);
        var candidate = await Team.CandidateAsync(offer, studied: false);
        await WaitsAsync(candidate, "study team");
        await Team.DoneAsync($"{Gerants}/{candidate}/study");
        await WaitsAsync(candidate, "interviewProposal team");

        var interview = await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(-2) }, interviewerId = await host.ColleagueAsync() });
        await WaitsAsync(candidate, "slotChoice candidate");
        var slot = (await Team.ReadAsync($"{Interviews}/{interview}"))["slots"]![0]!["id"].Text();
        await Team.DoneAsync($"{Interviews}/{interview}/choice", new { slotId = slot });
        await WaitsAsync(candidate, "interviewReport team");
        await Team.DoneAsync($"{Interviews}/{interview}/completion", new { summary = "Veut reprendre le bar." });
        await WaitsAsync(candidate, "immersionBooking team");

        using var booked = await Team.BookAsync(candidate, await Team.HostCafeAsync(), inDays: TimeProvider.System.Today().DayNumber - Today.DayNumber, days: 1);
        var immersion = (await booked.ReadAsync(HttpStatusCode.Created))["id"].Text();
        // Until the days are over, nobody waits
        await WaitsAsync(candidate);
        await Team.DoneAsync($"{Immersions}/{immersion}/host-feedback", new { text = "À l'aise au comptoir" });
        await Team.DoneAsync($"{Immersions}/{immersion}/candidate-feedback", new { text = "L'accueil donne envie" });
        await WaitsAsync(candidate, "presentation team");

        var presentation = await Team.CreatedAsync(Presentations, new { candidatureId = candidate });
        await WaitsAsync(candidate, "mairieAnswer mairie");
        await Team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "notYet", reason = "Le conseil se réunit en mai.", toldBy = "phone" });
        await WaitsAsync(candidate, "mairieAnswer mairie");
        await Team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "yes", reason = "Oui", toldBy = "phone" });
        await WaitsAsync(candidate, "selection team");
        await Team.DoneAsync($"{Gerants}/{candidate}/selection");
        await WaitsAsync(candidate, "training training");
        await Team.DoneAsync($"{Gerants}/{candidate}/training", new { });
        await WaitsAsync(candidate, "installation team");
        await Team.DoneAsync($"{Gerants}/{candidate}/installation", new { startsOn = "2027-04-01" });
        await WaitsAsync(candidate);
    }

    [Fact]
    public async Task After_a_no_of_the_mairie_a_decision_is_waited_for_and_after_its_yes_the_selection_as_long_as_the_offer_can_be_had()
    {
        var commune = host.NextInseeCode();
        var offer = await Team.OfferAsync(commune);
        var (declined, presentation) = await Team.PresentedAsync(offer);
        await Team.DoneAsync($"{Presentations}/{presentation}/answers", new { answer = "no", reason = "Non", toldBy = "phone" });
        await WaitsAsync(declined, "decisionAfterNo team");
        var agreed = await Team.AgreedAsync(offer);
        var other = await Team.AgreedAsync(offer);
        await WaitsAsync(agreed, "selection team");

        await Team.DoneAsync($"{Offers}/{offer}/withdrawal", new { reason = "Le local ne se fait pas." });
        await WaitsAsync(agreed, "anotherOffer team");
        await WaitsAsync(declined, "decisionAfterNo team");
        await Team.DoneAsync($"{Offers}/{offer}/reopening", new { reason = "Le local se fait." });
        await WaitsAsync(agreed, "selection team");

        await Team.DoneAsync($"{Gerants}/{other}/selection");
        await WaitsAsync(agreed, "anotherOffer team");
    }

    [Fact]
    public async Task Each_line_says_which_commune_it_is_about_where_that_is_known_and_until_when_where_a_day_was_set()
    {
        var commune = host.NextInseeCode();
        var name = (await Team.ReadAsync($"/v1/reference/communes/{commune}"))["name"].Text();
        var letter = await Team.SubmittedAsync(Letters.Letter(commune));
        var offer = await Team.OfferAsync(commune);
        var (candidate, _) = await Team.PresentedAsync(offer);
        var spontaneous = await Team.CandidateAsync();

        Assert.Equal($"{commune} {name} ", await PlaceAsync(letter));
        await Team.DoneAsync($"{Letters.Candidatures}/{letter}/opinion-request", new { whom = "Antenne", question = "Qu'en dites-vous ?", dueOn = Today.AddDays(9) });
        Assert.Equal($"{commune} {name} {Today.AddDays(9):yyyy-MM-dd}", await PlaceAsync(letter));
        await Team.DoneAsync($"{Letters.Candidatures}/{letter}/correction-request", new { what = "La surface", dueOn = Today.AddDays(30) });
        Assert.Equal($"{commune} {name} {Today.AddDays(30):yyyy-MM-dd}", await PlaceAsync(letter));
        Assert.Equal($"{commune} {name} ", await PlaceAsync(candidate));
        Assert.Equal("  ", await PlaceAsync(spontaneous));
    }

    [Fact]
    public async Task Who_leaves_leaves_nobody_waiting_and_who_comes_back_does()
    {
        var candidate = await Team.CandidateAsync();
        await Team.CreatedAsync(Scorecards, new { candidatureId = candidate, observers = new[] { new { role = "staff", clientId = KnownClients.Administrator } } });
        await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
        await WaitsAsync(candidate, "observations observer", "slotChoice candidate");
        await Team.DoneAsync($"{Gerants}/{candidate}/withdrawal", new { reason = "A trouvé ailleurs." });
        await WaitsAsync(candidate);
        await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "A changé d'avis." });
        await WaitsAsync(candidate, "interviewProposal team", "observations observer");

        // A second interview takes the place of the first
        await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(48) }, interviewerId = await host.ColleagueAsync() });
        await WaitsAsync(candidate, "observations observer", "slotChoice candidate");
    }

    [Fact]
    public async Task An_interview_that_is_cancelled_or_missed_is_followed_by_another_proposal()
    {
        var candidate = await Team.CandidateAsync();
        var cancelled = await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
        await Team.DoneAsync($"{Interviews}/{cancelled}/cancellation", new { reason = "Souffrante" });
        await WaitsAsync(candidate, "interviewProposal team");

        var missed = await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(-2) }, interviewerId = await host.ColleagueAsync() });
        await WaitsAsync(candidate, "slotChoice candidate");
        await Team.DoneAsync($"{Interviews}/{missed}/choice", new { slotId = (await Team.ReadAsync($"{Interviews}/{missed}"))["slots"]![0]!["id"].Text() });
        await Team.DoneAsync($"{Interviews}/{missed}/absence", new { party = "candidate" });
        await WaitsAsync(candidate, "interviewProposal team");
    }

    [Fact]
    public async Task All_of_a_candidate_is_followed_by_the_antenne_of_the_candidature_whatever_offer_is_proposed()
    {
        var letter = RightGerants.Letter(RightGerants.NextEmail());
        letter["wishes"] = new { antenne = "northWest" };
        var candidate = await Team.CreatedAsync(Gerants, letter);
        await Team.DoneAsync($"{Gerants}/{candidate}/study");
        Assert.Equal(["interviewProposal northWest 12"], await FiledAsync(candidate, "northWest"));

        await Team.CreatedAsync(Scorecards, new { candidatureId = candidate, observers = new[] { new { role = "staff", clientId = KnownClients.Administrator } } });
        await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
        Assert.Equal(["observations northWest 12", "slotChoice northWest 12"], await FiledAsync(candidate, "northWest"));
        Assert.Empty(await FiledAsync(candidate, "southWest"));

        await Team.DoneAsync($"{Gerants}/{candidate}/offer", new { offerId = await Team.OfferAsync(host.NextInseeCode()) });
        Assert.Equal(["observations northEast 80", "slotChoice northEast 80"], await FiledAsync(candidate, "northEast"));
        Assert.Empty(await FiledAsync(candidate, "northWest"));
        using var booked = await Team.BookAsync(candidate, await Team.HostCafeAsync(), inDays: -5);
        await booked.ReadAsync(HttpStatusCode.Created);
        Assert.Equal(["hostFeedback northEast 80", "observations northEast 80"], await FiledAsync(candidate, "northEast"));
    }

    [Fact]
    public async Task Letters_of_communes_and_cafés_and_drafts_of_offers_wait_on_the_team()
    {
        using var writer = await Writer.OfAsync(host);
        foreach (var (operation, kind, what) in new[]
        {
            ("SubmitCommuneCandidature", "communeCandidature", "decision team"), ("SubmitCafeCandidature", "cafeCandidature", "decision team"), ("DraftGeranceOffer", "geranceOffer", "publication team"),
        })
        {
            var right = await RightWrites.OfAsync(operation, writer);
            var id = await Team.CreatedAsync(right.Address, right.Body!);
            var line = Assert.Single(await LinesAsync($"kind={kind}"), one => one["id"]!.GetValue<Guid>() == id);
            Assert.Equal(what, $"{line["for"]} {line["on"]}");
            Assert.DoesNotContain(await LinesAsync($"kind={kind}&on=mairie"), one => one["id"]!.GetValue<Guid>() == id);
            if (operation == "SubmitCommuneCandidature")
            {
                await Team.DoneAsync($"{right.Address}/{id}/correction-request", new { what = "Il manque la surface du local.", dueOn = Today.AddDays(30) });
                Assert.Equal("corrections", Assert.Single(await LinesAsync("on=mairie"), one => one["id"]!.GetValue<Guid>() == id)["for"].Text());
            }
        }
    }

    [Fact]
    public async Task The_longest_waiting_come_first_and_pages_follow_one_another_without_a_gap()
    {
        for (var number = 0; number < 3; number++)
        {
            await Team.CandidateAsync(studied: number == 1);
        }

        var lines = await LinesAsync("limit=2");
        var since = lines.Select(line => line["since"]!.GetValue<DateTimeOffset>().ToUnixTimeMilliseconds()).ToList();
        Assert.Equal(since.Order(), since);
        Assert.Equal(lines.Count, lines.Select(line => $"{line["id"]}").Distinct().Count());
        Assert.All(await LinesAsync("antenne=southWest&kind=gerantCandidature"), line => Assert.Equal("southWest", line["antenne"].Text()));
        Assert.NotEmpty(await LinesAsync("antenne=southWest"));
    }

    [Theory]
    [InlineData("- 'derivedVersion'")]
    [InlineData("|| '{\"derivedVersion\": 1}'")]
    public async Task What_an_earlier_version_stored_is_counted_and_waits_after_the_next_start(string version)
    {
        var candidate = await Team.CandidateAsync();
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await database.ValueAsync<Guid>(
            $"update recruitment.mt_doc_gerantcandidature set data = data - 'funnelLine' - 'waitKey' - 'waitOn' {version}, funnel_line = null where id = '{candidate}' returning id");
        await WaitsAsync(candidate);
        await using var next = await host.StartAnotherAsync();
        await Eventually.True(async () => (await WaitingForAsync(candidate)).SequenceEqual(["interviewProposal team"]), Patience);
        Assert.Equal("2|Here", await database.ValueAsync<string>($"select split_part(funnel_line, '|', 5) || '|' || split_part(funnel_line, '|', 6) from recruitment.mt_doc_gerantcandidature where id = '{candidate}'"));
        // What is of this version is left as it is
        var stored = $"select mt_version from recruitment.mt_doc_gerantcandidature where id = '{candidate}'";
        var revision = await database.ValueAsync<long>(stored);
        await using var third = await host.StartAnotherAsync();
        await database.ValueAsync<Guid>($"update recruitment.mt_doc_gerantcandidature set data = data - 'waitKey' - 'derivedVersion' where id = '{await Team.CandidateAsync()}' returning id");
        await using var fourth = await host.StartAnotherAsync();
        await Eventually.True(async () => await database.ValueAsync<long>("select count(*) from recruitment.mt_doc_gerantcandidature where data ->> 'derivedVersion' is null") == 0, Patience, "all are stored again");
        Assert.Equal(revision, await database.ValueAsync<long>(stored));
    }

    [Fact]
    public async Task An_address_that_an_earlier_version_cut_at_its_plus_is_found_as_it_was_written_after_the_next_start()
    {
        var written = $"cafe+{Guid.CreateVersion7():n}@example.org";
        var candidate = await Team.CreatedAsync(Gerants, RightGerants.Letter(written));
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await database.ValueAsync<Guid>(
            $$"""update recruitment.mt_doc_gerantcandidature set data = data || '{"emailKey": "cafe@example.org", "derivedVersion": 2}' where id = '{{candidate}}' returning id""");
        Assert.Empty((await Team.ReadAsync($"{Gerants}?email={Uri.EscapeDataString(written)}"))["items"]!.AsArray());

        await using var next = await host.StartAnotherAsync();
        await next.StoredAgainAsync();

        Assert.Equal($"{candidate}", Assert.Single((await Team.ReadAsync($"{Gerants}?email={Uri.EscapeDataString(written)}"))["items"]!.AsArray())!["id"].Text());
        Assert.Empty((await Team.ReadAsync($"{Gerants}?email=cafe@example.org"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("on=nobody", "/on")]
    [InlineData("kind=postman", "/kind")]
    [InlineData("antenne=atlantis", "/antenne")]
    [InlineData("limit=0", "/limit")]
    [InlineData("after=x", "/after")]
    public async Task What_is_no_filter_is_refused(string query, string pointer)
    {
        using var answer = await Team.GetAsync($"{Waiting}?{query}", TestContext.Current.CancellationToken);
        Assert.Equal(pointer, (await answer.ReadAsync(HttpStatusCode.BadRequest))["errors"]![0]!["pointer"].Text());
    }

    private async Task WaitsAsync(Guid candidate, params string[] expected) => Assert.Equal(expected, await WaitingForAsync(candidate));

    private async Task<IEnumerable<string>> WaitingForAsync(Guid candidate) =>
        (await LinesAsync("kind=gerantCandidature")).Where(one => one["gerantCandidatureId"]!.GetValue<Guid>() == candidate).Select(one => $"{one["for"]} {one["on"]}").Order();

    private async Task<string> PlaceAsync(Guid waiting)
    {
        var line = Assert.Single(await LinesAsync(""), one => one["id"]!.GetValue<Guid>() == waiting || one["gerantCandidatureId"]?.GetValue<Guid>() == waiting);
        return $"{line["inseeCode"]} {line["communeName"]} {line["until"]}";
    }

    private async Task<IEnumerable<string>> FiledAsync(Guid candidate, string antenne) => (await LinesAsync($"kind=gerantCandidature&antenne={antenne}"))
        .Where(one => one["gerantCandidatureId"]!.GetValue<Guid>() == candidate).Select(one => $"{one["for"]} {one["antenne"]} {one["departement"]}").Order();

    private async Task<List<JsonNode>> LinesAsync(string filter)
    {
        var lines = new List<JsonNode>();
        for (string? after = ""; after is not null;)
        {
            var page = await Team.ReadAsync($"{Waiting}?{(filter.Contains("limit", StringComparison.Ordinal) ? "" : "limit=200&")}{filter}{after}");
            lines.AddRange(page["items"]!.AsArray().Select(item => item!));
            after = page["next"]?.Text() is { } next ? $"&after={next}" : null;
        }

        return lines;
    }
}
