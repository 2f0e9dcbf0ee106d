using MilleCafes.Shared;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Whoever goes no further, or stays for fewer days, holds up neither an interviewer nor a café.</summary>
public sealed class LeavingTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write"];

    private HttpClient Team => host.Administrator;

    [Theory]
    [InlineData("refusal")]
    [InlineData("withdrawal")]
    [InlineData("withdrawal", true)]
    [InlineData("withdrawal-by-link")]
    [InlineData("erasure")]
    public async Task Who_leaves_gives_back_the_interviewer_s_time_and_the_café_s_days(string act, bool byPartner = false)
    {
        using var partner = await Writer.OfAsync(host, new { name = "Partenaire", kind = "partner", scopes = Scopes });
        var (candidate, token) = act == "withdrawal-by-link" ? await RightGerants.ConfirmedAsync(host, RightGerants.NextEmail())
            : ((await partner.Client.CreatedAsync(Gerants, RightGerants.Letter(RightGerants.NextEmail()))).ToString(), "");
        await Team.DoneAsync($"{Gerants}/{candidate}/study");
        var (interviewer, cafe) = (await host.ColleagueAsync(), await Team.HostCafeAsync(capacity: 1));
        var interview = await AgreedAsync(candidate, interviewer, Slot(24));
        using var booked = await Team.BookAsync(Guid.Parse(candidate), cafe);
        var immersion = (await booked.ReadAsync(HttpStatusCode.Created))["id"].Text();

        using var left = await (act == "withdrawal-by-link" ? host.Anonymous : byPartner ? partner.Client : Team).SendAsync(
            $"{Gerants}/{candidate}/{act}", act switch { "refusal" => new { reason = "unreachable" }, "erasure" => new { howAsked = "Par courriel" }, "withdrawal-by-link" => new { token }, _ => (object)new { } });
        Assert.True(left.IsSuccessStatusCode, await left.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Empty((await Team.ReadAsync($"{HostCafes}/{cafe}"))["stays"]!.AsArray());
        await Team.DoneAsync($"{HostCafes}/{cafe}/closure", new { reason = "Vendu" });
        if (byPartner)
        {
            var written = (await partner.EntriesAsync("WithdrawGerantCandidature")).SelectMany(entry => entry.GetProperty("subjects").EnumerateArray().Select(subject => subject.GetGuid()));
            Assert.Superset(new HashSet<Guid> { Guid.Parse(candidate), interview, Guid.Parse(immersion), interviewer, cafe }, written.ToHashSet());
        }

        await AgreedAsync($"{await Team.CandidateAsync()}", interviewer, Slot(24.5));
        if (act != "erasure")
        {
            Assert.Equal("cancelled", (await Team.ReadAsync($"{Interviews}/{interview}"))["status"].Text());
            Assert.Equal("cancelled", (await Team.ReadAsync($"{Immersions}/{immersion}"))["status"].Text());
            await Team.RefusedAsync($"{Interviews}/{interview}/choice", new { slotId = Guid.CreateVersion7() }, HttpStatusCode.Conflict, "recruitment.interview_not_open");
        }
    }

    [Fact]
    public async Task What_had_begun_when_somebody_left_can_still_be_told_of_and_is_not_moved()
    {
        var (candidate, cafe) = (await Team.CandidateAsync(), await Team.HostCafeAsync(capacity: 1));
        var interview = await AgreedAsync($"{candidate}", await host.ColleagueAsync(), Slot(-2));
        var immersion = await StayingAsync(candidate, cafe, days: 5);
        await Team.DoneAsync($"{Gerants}/{candidate}/refusal", new { reason = "anotherProject" });

        await Team.RefusedAsync($"{Interviews}/{interview}/move", new { slots = new[] { Slot(72) }, reason = "Encore" }, HttpStatusCode.Conflict, "recruitment.gerant_stage_not_allowed");
        await Team.DoneAsync($"{Interviews}/{interview}/completion", new { summary = "Veut reprendre le bar." });
        Assert.Equal("completed", (await Team.ReadAsync($"{Immersions}/{immersion}"))["status"].Text());
        await Team.DoneAsync($"{Immersions}/{immersion}/host-feedback", new { text = "À l'aise au comptoir" });
    }

    [Fact]
    public async Task A_host_café_reads_of_whoever_goes_no_further_the_days_what_it_told_and_what_it_saw_and_nothing_of_the_person_or_of_others()
    {
        using var gerant = await Writer.OfAsync(host, new { name = "Gérante", kind = "gerant", scopes = Scopes, cafes = new[] { Guid.CreateVersion7() } });
        using var colleague = await Writer.OfAsync(host);
        var (candidate, cafe) = (await Team.CandidateAsync(), await Team.HostCafeAsync(client: gerant.Id));
        var card = await Team.CreatedAsync(Scorecards, new { candidatureId = candidate, observers = new object[] { new { role = "hostCafe", clientId = gerant.Id }, new { role = "staff", clientId = colleague.Id } } });
        await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) } });
        var immersion = await StayingAsync(candidate, cafe, days: 3);
        await gerant.Client.DoneAsync($"{Immersions}/{immersion}/host-feedback", new { text = "CAFÉ" });
        await Team.DoneAsync($"{Immersions}/{immersion}/candidate-feedback", new { text = "CANDIDAT" });
        await gerant.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(4, "CAFÉ"));
        await colleague.Client.DoneAsync($"{Scorecards}/{card}/observations", Observations(1, "COLLÈGUE"));
        await AssertReadsAsync(("Camille Exemple", "CANDIDAT", 2, 1));

        await Team.DoneAsync($"{Gerants}/{candidate}/refusal", new { reason = "anotherProject" });
        await AssertReadsAsync((null, null, 1, null));
        Assert.Equal("CANDIDAT", (await Team.ReadAsync($"{Immersions}/{immersion}"))["candidateFeedback"]!["text"].Text());
        Assert.All((await colleague.Client.ReadAsync($"{Scorecards}/{card}"))["observers"]!.AsArray(), one => Assert.NotNull(one!["observations"]));

        await AsByAnEarlierVersionAsync("immersion", immersion);
        await AsByAnEarlierVersionAsync("scorecard", $"{card}");
        await using var next = await host.StartAnotherAsync();
        await next.StoredAgainAsync();
        await AssertReadsAsync((null, null, 1, null));

        await Team.DoneAsync($"{Gerants}/{candidate}/correction", new { reason = "Par erreur." });
        await AssertReadsAsync(("Camille Exemple", "CANDIDAT", 2, 1));

        async Task AsByAnEarlierVersionAsync(string table, string id)
        {
            await using var database = Npgsql.NpgsqlDataSource.Create(host.Connection);
            await using var stored = database.CreateCommand($"update recruitment.mt_doc_{table} set data = (data - 'left') || jsonb_build_object('derivedVersion', 4) where id = '{id}'");
            Assert.Equal(1, await stored.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        async Task AssertReadsAsync((string? Name, string? Said, int Seen, int? Lowest) expected)
        {
            foreach (var (stay, scorecard) in new[]
            {
                (await gerant.Client.ReadAsync($"{Immersions}/{immersion}"), await gerant.Client.ReadAsync($"{Scorecards}/{card}")),
                ((await gerant.Client.ReadAsync(Immersions))["items"]![0]!, (await gerant.Client.ReadAsync(Scorecards))["items"]![0]!),
            })
            {
                Assert.Equal(expected, ((string?)stay["candidateName"], (string?)stay["candidateFeedback"]?["text"], scorecard["observers"]!.AsArray().Count(one => one!["observations"] is not null), (int?)scorecard["behaviours"]![0]!["lowest"]));
                Assert.Equal(("CAFÉ", 4), (stay["hostFeedback"]!["text"].Text(), (int)scorecard["observers"]![0]!["observations"]![0]!["level"]!));
            }
        }
    }

    [Theory]
    [InlineData("withdrawal")]
    [InlineData("erasure")]
    [InlineData("completion")]
    public async Task A_host_café_hears_that_whoever_is_there_leaves_before_the_last_day(string act)
    {
        using var gerant = await Writer.OfAsync(host, new { name = "Gérante", kind = "gerant", scopes = new[] { "recruitment:read", "webhooks:manage" }, cafes = new[] { Guid.CreateVersion7() } });
        var (candidate, cafe) = (await Team.CandidateAsync(), await Team.HostCafeAsync(client: gerant.Id));
        await AgreedAsync($"{candidate}", await host.ColleagueAsync(), Slot(-2));
        var immersion = await StayingAsync(candidate, cafe, days: 5);

        await host.TrackAsync(async () =>
        {
            using var answer = await Team.SendAsync(act == "completion" ? $"{Immersions}/{immersion}/{act}" : $"{Gerants}/{candidate}/{act}", act == "erasure" ? new { howAsked = "Par courriel" } : new { });
            Assert.True(answer.IsSuccessStatusCode);
        });

        Assert.Equal(["recruitment.immersion.booked", "recruitment.immersion.cut-short"], await HeardAsync(gerant.Client, "recruitment.immersion.*", "immersionId", Guid.Parse(immersion)));
    }

    [Fact]
    public async Task An_immersion_that_is_cut_short_gives_the_café_back_the_days_after_it()
    {
        var (first, second, cafe) = (await Team.CandidateAsync(), await Team.CandidateAsync(), await Team.HostCafeAsync(capacity: 1));
        await AgreedAsync($"{first}", await host.ColleagueAsync(), Slot(-2));
        await AgreedAsync($"{second}", await host.ColleagueAsync(), Slot(-2));
        var immersion = await StayingAsync(first, cafe, days: 5);
        using var full = await Team.BookAsync(second, cafe, inDays: 2, days: 1);
        Assert.Equal("recruitment.host_cafe_full", (await full.ReadAsync(HttpStatusCode.Conflict))["code"].Text());

        var today = $"{TimeProvider.System.Today():yyyy-MM-dd}";
        Assert.Equal(today, (await Team.DoneAsync($"{Immersions}/{immersion}/completion"))["lastDay"].Text());
        Assert.Equal(today, (await Team.ReadAsync($"{HostCafes}/{cafe}"))["stays"]![0]!["lastDay"].Text());
        using var booked = await Team.BookAsync(second, cafe, inDays: 2, days: 1);
        await booked.ReadAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_candidate_is_mailed_when_an_agreed_interview_is_moved_and_when_it_is_cancelled()
    {
        var email = RightGerants.NextEmail();
        var candidate = await Team.CreatedAsync(Gerants, RightGerants.Letter(email));
        await Team.DoneAsync($"{Gerants}/{candidate}/study");
        var interview = await AgreedAsync($"{candidate}", await host.ColleagueAsync(), Slot(24));

        var moved = await Team.DoneAsync($"{Interviews}/{interview}/move", new { slots = new[] { Slot(72) }, reason = "Grève des trains" });
        Assert.Contains("nouveaux créneaux", await CalledOffAsync(email, 1), StringComparison.Ordinal);
        await Team.DoneAsync($"{Interviews}/{interview}/choice", new { slotId = moved["slots"]![0]!["id"].Text() });
        await Team.DoneAsync($"{Interviews}/{interview}/cancellation", new { reason = "Souffrante" });
        var text = await CalledOffAsync(email, 2);

        Assert.DoesNotContain("créneaux", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Souffrante", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("Bonjour", StringComparison.Ordinal) < text.IndexOf("Hello", StringComparison.Ordinal));
    }

    private async Task<string> CalledOffAsync(string email, int count)
    {
        IReadOnlyList<ReceivedMail> Mails() => [.. host.Mails.To(email).Where(mail => mail.Text.Contains("n'a pas lieu", StringComparison.Ordinal))];
        await Eventually.True(() => Task.FromResult(Mails().Count >= count), TimeSpan.FromSeconds(20), $"{count} mails of interviews that are off");
        return Mails()[count - 1].Text;
    }

    private async Task<Guid> AgreedAsync(string candidate, Guid interviewer, object slot)
    {
        var interview = await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { slot }, interviewerId = interviewer });
        await Team.DoneAsync($"{Interviews}/{interview}/choice", new { slotId = (await Team.ReadAsync($"{Interviews}/{interview}"))["slots"]![0]!["id"].Text() });
        return interview;
    }

    private async Task<string> StayingAsync(Guid candidate, Guid cafe, int days)
    {
        using var booked = await Team.BookAsync(candidate, cafe, TimeProvider.System.Today().DayNumber - Today.DayNumber, days);
        return (await booked.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }
}
