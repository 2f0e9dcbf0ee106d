using System.Text.RegularExpressions;
using MilleCafes.Scenarios.Tests.Applying;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>Candidates get what is known of them, by links that go to their address alone.</summary>
public sealed class OwnDataTests(MilleCafesHost shared)
{
    private const string Ask = Candidatures + "/own-data-links";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_copy_says_every_word_that_is_kept_of_a_candidate()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var marker = new Marker();
        var id = await host.LiveAsync(marker);
        var (_, token) = await host.StoryOf(marker).LinkAsync("copie", id);

        var copied = await host.Team.ReadAsync($"{Candidatures}/{id}/copy");
        using var answer = await host.Anybody.ActAsync(id, "copy-by-link", new { token });
        var own = Assert.Single((await answer.ReadAsync(HttpStatusCode.OK))["candidatures"]!.AsArray())!;

        var words = await WordsAsync(host.Connection, marker);
        Assert.True(words.Count > 40, $"{words.Count} words");
        Assert.Empty(words.Except(WordsIn(copied.ToJsonString(), marker)));
        Assert.Empty(words.Except(WordsIn(own.ToJsonString(), marker)));
        Assert.Contains("J'accepte que l'association", own["consentText"].Text(), StringComparison.Ordinal);
        Assert.Equal(["12"], own["candidature"]!["wishes"]!["departements"]!.AsArray().Select(one => one.Text()));
        Assert.Equal(["12"], own["candidature"]!["absorbed"]![0]!["wishes"]!["departements"]!.AsArray().Select(one => one.Text()));
        Assert.Equal((1, 3, 2, 1), (Count(own, "scorecards"), Count(own, "interviews"), Count(own, "immersions"), Count(own, "presentations")));
        foreach (var operation in new[] { "CopyCandidateData", "CopyOwnData" })
        {
            await Eventually.True(() => IsReadAsync(host.Team, id, operation), TimeSpan.FromSeconds(20), $"the audit tells of {operation}");
        }
    }

    [Fact]
    public async Task What_one_saw_of_a_candidate_is_in_the_team_s_copy_once_it_tells_nobody_who_may_still_observe_and_in_their_own_from_the_first()
    {
        var (email, note) = (NextEmail(), $"Vu {Guid.CreateVersion7():n}");
        using var observer = await Writer.OfAsync(shared);
        using var silent = await Writer.OfAsync(shared);
        var id = await shared.Administrator.SentAsync(email);
        using var opened = await shared.Administrator.PostAsync(Selection.Candidates.Scorecards, new
        {
            candidatureId = id, observers = new[] { new { role = "staff", clientId = observer.Id }, new { role = "staff", clientId = silent.Id } },
        });
        var card = (await opened.ReadAsync(HttpStatusCode.Created))["id"].Text();
        using var given = await observer.Client.PostAsync($"{Selection.Candidates.Scorecards}/{card}/observations", Selection.Candidates.Observations(3, note));
        await given.ReadAsync(HttpStatusCode.OK);
        var before = await shared.Administrator.ReadAsync($"{Candidatures}/{id}/copy");
        Assert.Equal((card, false), (Assert.Single(before["scorecards"]!.AsArray())!["id"].Text(), before.ToJsonString().Contains(note, StringComparison.Ordinal)));

        await shared.Anonymous.PostAsync(Ask, new { email }).DoneAsync(HttpStatusCode.Accepted);
        var (token, _) = LinksIn(await shared.Mails.ToAsync(email));
        await StoredAsync(shared.Connection, token);
        using var own = await shared.Anonymous.ActAsync(id, "copy-by-link", new { token });
        Assert.Contains(note, (await own.ReadAsync(HttpStatusCode.OK)).ToJsonString(), StringComparison.Ordinal);

        await shared.Administrator.ActAsync(id, "refusal", new { reason = "anotherProject" }).DoneAsync();

        Assert.Contains(note, (await shared.Administrator.ReadAsync($"{Candidatures}/{id}/copy")).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(note, (await silent.Client.ReadAsync($"{Candidatures}/{id}/copy")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_learns_nothing_by_the_answer_and_each_link_serves_once_in_its_time_and_for_its_own_act()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (email, other) = (NextEmail(), NextEmail());
        var (id, others) = (await host.Team.SentAsync(email), await host.Team.SentAsync(other));
        Assert.Equal(await AskAsync(host, NextEmail()), await AskAsync(host, email.ToUpperInvariant()));
        var (copy, erasure) = LinksIn(await host.Mails.ToAsync(email));
        await host.StoredAsync(erasure);

        await host.Anybody.ActAsync(id, "copy-by-link", new { token = erasure }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Anybody.ActAsync(id, "erasure-by-link", new { token = copy }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Anybody.ActAsync(others, "copy-by-link", new { token = copy }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Anybody.ActAsync(id, "copy-by-link", new { token = "" }).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        await host.Anybody.ActAsync(id, "copy-by-link", new { token = copy }).DoneAsync();
        await host.Anybody.ActAsync(id, "copy-by-link", new { token = copy }).RefusedAsync(HttpStatusCode.Gone, "recruitment.candidate_link_used");

        host.Clock.Move(TimeSpan.FromDays(2));
        await host.Anybody.ActAsync(id, "erasure-by-link", new { token = erasure }).RefusedAsync(HttpStatusCode.Gone, "recruitment.candidate_link_expired");
        await AskAsync(host, email);
        var (_, again) = LinksIn(await host.Mails.ToAsync(email, 2));
        await host.StoredAsync(again);
        await host.Anybody.ActAsync(id, "erasure-by-link", new { token = again }).DoneAsync(HttpStatusCode.NoContent);
        await Eventually.True(async () => (await host.Team.GetAsync(new Uri($"{Candidatures}/{id}", UriKind.Relative), Token)).StatusCode == HttpStatusCode.NotFound, TimeSpan.FromSeconds(20));
        await host.Anybody.ActAsync(id, "erasure-by-link", new { token = again }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Team.ReadAsync($"{Candidatures}/{others}");
        Assert.Empty(host.Mails.To(other));
    }

    [Fact]
    public async Task One_mail_gives_a_copy_of_all_that_a_person_sent_for_whichever_café_and_erases_it_all()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (email, other) = (NextEmail(), NextEmail());
        var first = await host.Team.SentAsync(email, await OfferAsync(host.Team, shared.NextInseeCode()));
        var second = await host.Team.SentAsync(email, await OfferAsync(host.Team, shared.NextInseeCode()));
        var others = await host.Team.SentAsync(other);
        await AskAsync(host, email);
        var (copy, erasure) = LinksIn(await host.Mails.ToAsync(email));
        await host.StoredAsync(erasure);

        using var answer = await host.Anybody.ActAsync(second, "copy-by-link", new { token = copy });
        var own = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal([first, second], own["candidatures"]!.AsArray().Select(one => one!["candidature"]!["id"].Text()).Order(StringComparer.Ordinal));
        foreach (var id in new[] { first, second })
        {
            await Eventually.True(() => IsReadAsync(host.Team, id, "CopyOwnData"), TimeSpan.FromSeconds(20), $"the audit tells of {id}");
        }

        Assert.Equal([first], (await host.Team.ReadAsync($"{Candidatures}/{second}/copy"))["candidature"]!["possibleDuplicates"]!.AsArray().Select(one => one.Text()));
        Assert.Single(host.Mails.To(email));

        await host.Anybody.ActAsync(second, "erasure-by-link", new { token = erasure }).DoneAsync(HttpStatusCode.NoContent);
        await Eventually.True(async () => (await DatabaseSearch.FindAsync(host.Connection, email)).Count == 0, TimeSpan.FromSeconds(30), "nothing says the address any more");
        await host.Team.ReadAsync($"{Candidatures}/{others}");
    }

    [Fact]
    public async Task Whoever_was_merged_under_another_address_is_found_by_it_and_gets_the_links_there()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (former, email) = (NextEmail(), NextEmail());
        await host.Anybody.PostAsync(Form, FormOf(former)).DoneAsync(HttpStatusCode.Accepted);
        var (ended, token) = LinkIn(await host.Mails.ToAsync(former));
        await host.StoredAsync(token);
        await host.Anybody.ActAsync(ended, "confirmation", new { token }).DoneAsync(HttpStatusCode.NoContent);
        await host.Mails.ToAsync(former, 2);
        var staying = await host.Team.SentAsync(email);
        await host.Team.ActAsync(ended, "merge", new { into = staying, reason = "Le même téléphone." }).DoneAsync();

        Assert.Equal([staying], (await host.Team.ListedAsync($"email={former}")).Select(one => one!["id"].Text()));
        await host.Team.PostAsync(Candidatures, Letter(former)).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_already_sent");
        var another = await host.Team.SentAsync(former, await OfferAsync(host.Team, shared.NextInseeCode()));
        foreach (var (one, found) in new[] { (another, staying), (staying, another) })
        {
            Assert.Equal([found], (await host.Team.ReadAsync($"{Candidatures}/{one}"))["possibleDuplicates"]!.AsArray().Select(duplicate => duplicate.Text()));
        }

        await host.Team.ActAsync(another, "erasure", new { howAsked = "Par courriel." }).DoneAsync(HttpStatusCode.NoContent);
        await Eventually.True(async () => (await host.Team.GetAsync(new Uri($"{Candidatures}/{another}", UriKind.Relative), Token)).StatusCode == HttpStatusCode.NotFound, TimeSpan.FromSeconds(20), "the other one ends");
        await AskAsync(host, former);
        var mail = await host.Mails.ToAsync(former, 3);
        var (copy, erasure) = LinksIn(mail);
        await host.StoredAsync(erasure);
        using var answer = await host.Anybody.ActAsync(LinkIn(mail).Id, "copy-by-link", new { token = copy });
        Assert.Equal([staying], (await answer.ReadAsync(HttpStatusCode.OK))["candidatures"]!.AsArray().Select(one => one!["candidature"]!["id"].Text()));
        await host.Anybody.ActAsync(LinkIn(mail).Id, "erasure-by-link", new { token = erasure }).DoneAsync(HttpStatusCode.NoContent);
        await Eventually.True(
            async () => (await DatabaseSearch.FindAsync(host.Connection, email)).Count + (await DatabaseSearch.FindAsync(host.Connection, former)).Count == 0, TimeSpan.FromSeconds(30), "neither address is anywhere");
        Assert.Empty(host.Mails.To(email));
    }

    [Fact]
    public async Task A_partner_s_slip_opens_nothing_to_whoever_reads_that_address_once_it_is_merged()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (_, partner) = await host.AddClientAsync("partner", "recruitment:read", "recruitment:write");
        var (slip, email) = (NextEmail(), NextEmail());
        var (ended, staying) = (await partner.SentAsync(slip, phone: "06 39 98 77 66"), await host.Team.SentAsync(email, phone: "06 39 98 77 66"));
        var links = (await host.Mails.ToAsync(slip)).Text;
        var token = links[(links.IndexOf($"#copie/{ended}/", StringComparison.Ordinal) + $"#copie/{ended}/".Length)..].Split('\n')[0].Trim();
        await host.StoredAsync(token);

        await host.Team.ActAsync(ended, "merge", new { into = staying }).DoneAsync();

        await host.Anybody.ActAsync(ended, "copy-by-link", new { token }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await AskAsync(host, slip);
        await AskAsync(host, email);
        await host.Mails.ToAsync(email);
        Assert.Single(host.Mails.To(slip));
    }

    [Fact]
    public async Task A_partner_s_slip_gives_way_to_the_address_that_was_answered_from_when_its_candidature_is_the_one_that_stays()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (_, partner) = await host.AddClientAsync("partner", "recruitment:read", "recruitment:write");
        var (slip, email) = (NextEmail(), NextEmail());
        await host.Anybody.PostAsync(Form, FormOf(email)).DoneAsync(HttpStatusCode.Accepted);
        var (ending, confirmation) = LinkIn(await host.Mails.ToAsync(email));
        await host.StoredAsync(confirmation);
        await host.Anybody.ActAsync(ending, "confirmation", new { token = confirmation }).DoneAsync(HttpStatusCode.NoContent);
        var staying = await partner.SentAsync(slip);
        var links = (await host.Mails.ToAsync(slip)).Text;
        var token = links[(links.IndexOf($"#copie/{staying}/", StringComparison.Ordinal) + $"#copie/{staying}/".Length)..].Split('\n')[0].Trim();
        await host.StoredAsync(token);
        await host.Team.ActAsync(staying, "study").DoneAsync();
        await host.Team.PostAsync(Selection.Candidates.Interviews, new { candidatureId = staying, slots = new[] { Selection.Candidates.Slot(24) } }).DoneAsync(HttpStatusCode.Created);
        await host.Mails.ToAsync(slip, 2);

        using var merged = await host.Team.ActAsync(ending, "merge", new { into = staying, reason = "Même personne." });

        Assert.Equal(email, (await merged.ReadAsync(HttpStatusCode.OK))["applicant"]!["email"].Text());
        Assert.Contains("#entretien/", (await host.Mails.ToAsync(email, 3)).Text, StringComparison.Ordinal);
        await host.Anybody.ActAsync(staying, "copy-by-link", new { token }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await AskAsync(host, slip);
        await AskAsync(host, email);
        await host.Mails.ToAsync(email, 4);
        Assert.Equal(2, host.Mails.To(slip).Count);
    }

    [Fact]
    public async Task One_mail_a_day_goes_to_an_address_and_no_more_than_so_many_questions_are_taken()
    {
        await using var host = await PrivateHost.StartAsync(shared, ("Recruitment:Form:Permits", "3"), ("Recruitment:Form:Window", "01:00:00"));
        var email = NextEmail();
        await host.Team.SentAsync(email);
        await AskAsync(host, email);
        await host.Mails.ToAsync(email);
        await host.Anybody.PostAsync(Ask, new { email = "camille" }).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        await AskAsync(host, email);
        using var refused = await host.Anybody.PostAsync(Ask, new { email });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);

        await Eventually.True(async () => await HandledAsync(host.Connection), TimeSpan.FromSeconds(20), "both questions are answered");
        Assert.Single(host.Mails.To(email));
    }

    [Fact]
    public async Task The_page_of_the_links_knows_the_act_of_each()
    {
        var html = await shared.Anonymous.GetStringAsync(new Uri("/candidature", UriKind.Relative), Token);
        foreach (var act in new[] { "<input type=\"email\" name=\"email\"", "own-data-links", "data-asked=", "copie: 'copy-by-link'", "effacement: 'erasure-by-link'", "data-copie=", "data-copie-done=", "data-effacement=", "data-effacement-done=" })
        {
            Assert.Contains(act, html, StringComparison.Ordinal);
        }
    }

    private static int Count(JsonNode copy, string of) => copy[of]!.AsArray().Count;

    private static async Task<string> AskAsync(PrivateHost host, string email)
    {
        using var answer = await host.Anybody.PostAsync(Ask, new { email });
        return (await answer.ReadAsync(HttpStatusCode.Accepted)).ToJsonString();
    }

    private static (string Copy, string Erasure) LinksIn(ReceivedMail mail) => (LinkIn(mail).Token, LinkIn(mail with { Content = "\r\n\r\n" + mail.Text[mail.Text.IndexOf("#effacement", StringComparison.Ordinal)..] }).Token);

    private static HashSet<string> WordsIn(string text, Marker marker) => [.. Regex.Matches(text, marker.Text + "x[0-9]+x").Select(match => match.Value)];

    // What the module keeps; slots that were moved are in the audit alone
    private static async Task<HashSet<string>> WordsAsync(string connection, Marker marker)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var words = new HashSet<string>();
        foreach (var table in await database.ListAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'recruitment'"))
        {
            words.UnionWith(WordsIn(string.Join(' ', await database.ListAsync<string>($"select one::text from {table} as one")), marker));
        }

        return words;
    }

    private static async Task<bool> IsReadAsync(HttpClient team, string id, string operation) =>
        (await team.ReadAsync($"/v1/access/audit?subject={id}&operation={operation}&act=personalDataRead"))["items"]!.AsArray().Count > 0;

    private static async Task<bool> HandledAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        return await database.ValueAsync<long>("select count(*) from wolverine.wolverine_incoming_envelopes where status <> 'Handled'") == 0;
    }
}
