using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>What is opened for a candidature at the very moment at which it leaves, or becomes part of another.</summary>
public sealed class CandidatureRaceTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Theory]
    [InlineData(Scorecards, "refusal")]
    [InlineData(Scorecards, "withdrawal")]
    [InlineData(Scorecards, "erasure")]
    [InlineData(Interviews, "refusal")]
    [InlineData(Immersions, "withdrawal")]
    [InlineData(Presentations, "refusal")]
    public async Task Of_what_is_opened_for_a_candidature_and_its_end_at_once_the_later_is_refused(string opened, string end)
    {
        var candidate = await Team.CandidateAsync(await Team.OfferAsync(host.NextInseeCode()));
        var interviewer = await host.ColleagueAsync();
        if (opened is Immersions or Presentations)
        {
            await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = interviewer });
        }

        if (opened is Presentations)
        {
            using var booked = await Team.BookAsync(candidate, await Team.HostCafeAsync());
            await booked.ReadAsync(HttpStatusCode.Created);
        }

        var (cafe, days) = (await Team.HostCafeAsync(), Today.AddDays(10));
        object body = opened switch
        {
            Scorecards => new { candidatureId = candidate, observers = new[] { new { role = "staff", clientId = interviewer } } },
            Interviews => new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = interviewer },
            Immersions => new { candidatureId = candidate, hostCafeId = cafe, firstDay = days, lastDay = days },
            _ => new { candidatureId = candidate },
        };

        var (opening, ending) = await AtOnceAsync(candidate, () => Team.SendAsync(opened, body), () => EndAsync(candidate, end));

        Assert.Equal(1, new[] { opening, ending }.Count(answer => answer.IsSuccessStatusCode));
        await RefusedAsync(opening.IsSuccessStatusCode ? ending : opening);
        var listed = opening.IsSuccessStatusCode ? 1 : 0;
        if (end != "erasure")
        {
            Assert.Equal(listed, (await Team.ReadAsync($"{opened}?candidatureId={candidate}"))["items"]!.AsArray().Count);
            Assert.Equal(opening.IsSuccessStatusCode, await Team.StageAsync(candidate) is not ("declined" or "withdrawn"));
        }
    }

    [Fact]
    public async Task An_interview_is_not_moved_for_somebody_who_leaves_at_that_moment()
    {
        var (candidate, cafe) = (await Team.CandidateAsync(), await Team.HostCafeAsync());
        var interview = await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(-2) }, interviewerId = await host.ColleagueAsync() });
        await Team.DoneAsync($"{Interviews}/{interview}/choice", new { slotId = (await Team.ReadAsync($"{Interviews}/{interview}"))["slots"]![0]!["id"].Text() });
        // The candidature has gone on: its refusal writes nothing of an interview that has begun
        using var booked = await Team.BookAsync(candidate, cafe);
        await booked.ReadAsync(HttpStatusCode.Created);

        var (moving, ending) = await AtOnceAsync(
            candidate, () => Team.SendAsync($"{Interviews}/{interview}/move", new { slots = new[] { Slot(72) }, reason = "Grève" }), () => EndAsync(candidate, "refusal"));

        Assert.Equal(1, new[] { moving, ending }.Count(answer => answer.IsSuccessStatusCode));
        await RefusedAsync(moving.IsSuccessStatusCode ? ending : moving);
    }

    [Fact]
    public async Task A_scorecard_that_is_opened_while_a_repeated_letter_is_folded_goes_with_it_and_is_erased_with_the_first()
    {
        using var observer = await Writer.OfAsync(host);
        var (email, note) = (RightGerants.NextEmail(), $"Vu {Guid.CreateVersion7():n}");
        var (first, _) = await RightGerants.ConfirmedAsync(host, email);
        using var sent = await host.Anonymous.SendAsync(RightGerants.Form, RightGerants.FormOf(email));
        await sent.ReadAsync(HttpStatusCode.Accepted);
        var (second, token) = RightGerants.LinkIn(await host.Mails.ToAsync(email, 3));
        await RightGerants.StoredAsync(host.Connection, token);

        // The fold has read both, and waits for the first
        var folding = await Standstill.OfAsync(host, ("gerantcandidature", first));
        using var confirmed = await host.Anonymous.SendAsync($"{Gerants}/{second}/confirmation", new { token });
        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        await folding.WantedByAsync(1);
        var card = await Team.CreatedAsync(Scorecards, new
        {
            candidatureId = second, observers = new[] { new { role = "staff", clientId = observer.Id }, new { role = "staff", clientId = await host.ColleagueAsync() } },
        });
        await observer.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(3, note));
        await folding.EndAsync();
        await folding.DisposeAsync();
        await Eventually.True(async () => (await Team.ReadAsync($"{Gerants}/{second}"))["mergedInto"]?.Text() == first, TimeSpan.FromSeconds(20), "the second is folded");

        Assert.Equal(first, (await Team.ReadAsync($"{Scorecards}/{card}"))["candidatureId"].Text());
        Assert.Contains(note, await StoredAsync(), StringComparison.Ordinal);
        await host.TrackAsync(async () => Assert.Equal(HttpStatusCode.NoContent, (await EndAsync(Guid.Parse(first), "erasure")).StatusCode));
        Assert.DoesNotContain(note, await StoredAsync(), StringComparison.Ordinal);

        Task<string> StoredAsync() => ScorecardAsync(card);
    }

    [Fact]
    public async Task What_an_earlier_version_left_with_a_candidature_that_became_part_of_another_is_erased_with_it()
    {
        using var observer = await Writer.OfAsync(host);
        var (ending, staying, note) = (await Team.CandidateAsync(), await Team.CandidateAsync(), $"Vu {Guid.CreateVersion7():n}");
        var card = await Team.CreatedAsync(Scorecards, new { candidatureId = ending, observers = new[] { observer.Id, await host.ColleagueAsync() }.Select(client => new { role = "staff", clientId = client }) });
        await observer.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(3, note));
        await Team.DoneAsync($"{Gerants}/{ending}/merge", new { into = staying, reason = "Même personne" });
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var left = database.CreateCommand($"update recruitment.mt_doc_scorecard set data = data || jsonb_build_object('candidatureId', '{ending}') where id = '{card}'");
        await left.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await host.TrackAsync(async () => Assert.Equal(HttpStatusCode.NoContent, (await EndAsync(staying, "erasure")).StatusCode));

        Assert.DoesNotContain(note, await ScorecardAsync(card), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> EndAsync(Guid candidate, string end) => Team.SendAsync(
        $"{Gerants}/{candidate}/{end}", end switch { "refusal" => new { reason = "unreachable" }, "erasure" => new { howAsked = "Par courriel" }, _ => (object)new { } });

    private async Task<(HttpResponseMessage One, HttpResponseMessage Other)> AtOnceAsync(Guid candidate, Func<Task<HttpResponseMessage>> one, Func<Task<HttpResponseMessage>> other)
    {
        await using var standstill = await Standstill.OfAsync(host, ("gerantcandidature", candidate));
        var (first, second) = (one(), other());
        await standstill.WantedByAsync(2);
        await standstill.EndAsync();
        return (await first, await second);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer) =>
        Assert.Equal("request.changed_meanwhile", (await answer.ReadAsync(HttpStatusCode.Conflict))["code"].Text());

    private async Task<string> ScorecardAsync(Guid card)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var stored = database.CreateCommand($"select data::text from recruitment.mt_doc_scorecard where id = '{card}'");
        return (string)(await stored.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
