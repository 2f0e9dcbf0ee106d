using MilleCafes.Scenarios.Tests.Applying;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>Time passes, and candidates are told, then forgotten; what will happen can be asked before.</summary>
public sealed class RetentionTests(MilleCafesHost shared)
{
    private const string Due = "/v1/recruitment/due-erasures";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silent_candidate_is_told_once_by_two_nodes_and_erased_on_the_day_that_was_foreseen()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        await host.AddNodeAsync();
        var email = NextEmail();
        var id = await host.Team.SentAsync(email, await OfferAsync(host.Team, "12268"));
        var end = (await host.Team.ReadAsync($"{Candidatures}/{id}"))["lastContactAt"]!.GetValue<DateTimeOffset>().AddDays(730);
        Assert.Empty(await DueAsync(host, end.AddDays(-14).AddMinutes(-1)));
        var foreseen = Assert.Single(await DueAsync(host, end.AddDays(-14)))!;
        Assert.Equal((id, "lastContact", end, end.AddDays(-14), null), (foreseen["candidatureId"].Text(), foreseen["rule"].Text(), At(foreseen, "endsAt"), At(foreseen, "noticeAt"), At(foreseen, "erasesAt")));

        host.Clock.Move(end.AddDays(-14).AddHours(-1) - host.Clock.GetUtcNow());
        await host.PassDayAsync();
        Assert.Equal(1, await RevisionAsync(host, id));
        host.Clock.Move(TimeSpan.FromHours(2));
        await host.PassDayAsync();
        Assert.Equal(2, await RevisionAsync(host, id));
        var told = Assert.Single(await DueAsync(host))!;
        Assert.Equal(At(told, "noticeAt")!.Value.AddDays(14), At(told, "erasesAt"));
        Assert.True((bool)told["toldByMail"]!);
        var notice = (await host.Mails.ToAsync(email)).Text;
        var day = At(told, "erasesAt")!.Value;
        Assert.All([$"pour le café de Sénergues (12), sera effacé le {Day(day, "fr-FR")}.", $"will be erased on {Day(day, "en-GB")}.", "répondez-nous avant cette date"], words => Assert.Contains(words, notice, StringComparison.Ordinal));

        host.Clock.Move(TimeSpan.FromDays(13));
        await host.PassDayAsync();
        Assert.Equal(2, await RevisionAsync(host, id));
        Assert.Equal(id, Assert.Single(await DueAsync(host, At(told, "erasesAt")))!["candidatureId"].Text());
        host.Clock.Move(TimeSpan.FromDays(1));
        await host.PassDayAsync();
        await Eventually.True(async () => await StatusAsync(host, id) == HttpStatusCode.NotFound, Patience, "the candidature ends");
        Assert.Empty(await DueAsync(host));
        Assert.Single(host.Mails.To(email));
        var page = await host.Team.ReadAsync($"{Due}?updatedSince=2020-01-01T00:00:00Z");
        Assert.Equal((0, id), (page["items"]!.AsArray().Count, page["ended"]![0]!["id"].Text()));
    }

    [Fact]
    public async Task The_spans_of_the_settings_count_each_for_its_own_and_a_contact_begins_them_anew()
    {
        await using var host = await PrivateHost.StartAsync(
            shared, ("Recruitment:Retention:AfterLastContact", "100.00:00:00"), ("Recruitment:Retention:AfterDecline", "30.00:00:00"), ("Recruitment:Retention:Notice", "7.00:00:00"));
        var (silent, declined, keeping, posted) = (await host.Team.SentAsync(), await host.Team.SentAsync(), await KeepingAsync(host.Team), await GerantPath.AtAsync(host.Team, "inPost", shared.NextInseeCode()));
        foreach (var id in new[] { declined, keeping })
        {
            await host.Team.ActAsync(id, "refusal", new { reason = "anotherProject" }).DoneAsync();
        }

        var now = host.Clock.GetUtcNow();
        Assert.Equal([(declined, "declined")], Told(await DueAsync(host, now.AddDays(24))));
        Assert.Equal([(declined, "declined"), (silent, "lastContact"), (keeping, "lastContact")], Told(await DueAsync(host, now.AddDays(9_000))));

        host.Clock.Move(TimeSpan.FromDays(94));
        await host.PassDayAsync();
        await host.Team.ActAsync(silent, "contacts", new { note = "Reste candidate." }).DoneAsync();
        host.Clock.Move(TimeSpan.FromDays(8));
        await host.PassDayAsync();
        await Eventually.True(async () => await StatusAsync(host, declined) == HttpStatusCode.NotFound && await StatusAsync(host, keeping) == HttpStatusCode.NotFound, Patience, "both end");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(host, silent), await StatusAsync(host, posted)));
        Assert.Empty(await DueAsync(host));
        Assert.Equal([(silent, "lastContact")], Told(await DueAsync(host, host.Clock.GetUtcNow().AddDays(86))));
    }

    [Fact]
    public async Task A_declined_candidate_is_told_that_their_consent_alone_makes_it_longer_and_so_it_does()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (asked, silent) = (NextEmail(), NextEmail());
        var (keeping, declined) = (await host.Team.SentAsync(asked), await host.Team.SentAsync(silent));
        foreach (var id in new[] { keeping, declined })
        {
            await host.Team.ActAsync(id, "refusal", new { reason = "anotherProject" }).DoneAsync();
        }

        host.Clock.Move(TimeSpan.FromDays(80));
        await host.PassDayAsync();
        foreach (var email in new[] { asked, silent })
        {
            var notice = (await host.Mails.ToAsync(email, 2)).Text;
            Assert.Contains("Si vous l'acceptez maintenant, dites-le-nous avant cette date.", notice, StringComparison.Ordinal);
            Assert.DoesNotContain("répondez-nous", notice, StringComparison.Ordinal);
        }

        await host.Team.ActAsync(declined, "contacts", new { note = "A répondu." }).DoneAsync();
        await host.Team.ChangedAsync(keeping, new { applicant = Applicant(asked), reason = "Par courriel.", keepsLonger = true });

        Assert.Equal([(declined, "declined")], Told(await DueAsync(host)));
        Assert.Equal([(declined, "declined"), (keeping, "lastContact")], Told(await DueAsync(host, host.Clock.GetUtcNow().AddDays(720))));
    }

    [Fact]
    public async Task Without_a_mail_server_nobody_is_told_or_erased_until_the_team_has_told_them()
    {
        await using var host = await PrivateHost.StartAsync(shared, ("Smtp:Host", ""));
        var id = await host.Team.SentAsync();
        await host.Team.ActAsync(id, "erasure-notice", new { how = "Au téléphone." }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.erasure_notice_not_due");
        host.Clock.Move(TimeSpan.FromDays(717));
        await host.PassDayAsync();
        host.Clock.Move(TimeSpan.FromDays(30));
        await host.PassDayAsync();
        var waiting = Assert.Single(await DueAsync(host))!;
        Assert.Equal((id, false, null, 1), (waiting["candidatureId"].Text(), (bool)waiting["toldByMail"]!, At(waiting, "erasesAt"), await RevisionAsync(host, id)));

        await host.Team.ActAsync(id, "erasure-notice", new { how = "Au téléphone." }).DoneAsync();
        await host.Team.ActAsync(id, "erasure-notice", new { how = "Encore." }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.erasure_notice_not_due");
        host.Clock.Move(TimeSpan.FromDays(13));
        await host.PassDayAsync();
        var told = (await host.Team.ReadAsync($"{Candidatures}/{id}"))["acts"]!.AsArray()[^1]!;
        Assert.Equal(("erasureNoticed", "Au téléphone."), (told["deed"].Text(), told["reason"].Text()));
        host.Clock.Move(TimeSpan.FromDays(2));
        await host.PassDayAsync();
        await Eventually.True(async () => await StatusAsync(host, id) == HttpStatusCode.NotFound, Patience, "the candidature ends");
    }

    [Theory]
    [InlineData(true, "erasureNoticed")]
    [InlineData(false, "notReached")]
    public async Task Whom_a_mail_server_refuses_for_good_was_not_told_and_is_erased_a_fortnight_after_the_team_told_them_or_tried(bool reached, string deed)
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (id, told) = (await host.Team.SentAsync("unknown." + NextEmail()), await host.Team.SentAsync());
        host.Clock.Move(TimeSpan.FromDays(717));
        var refusedFrom = host.Clock.GetUtcNow();
        await host.PassDayAsync();
        var waiting = await RefusedAsync(host, id);
        Assert.Equal((false, null, 550), ((bool)waiting["toldByMail"]!, At(waiting, "erasesAt"), (int)waiting["mailReply"]!));
        Assert.InRange(At(waiting, "mailRefusedAt")!.Value, refusedFrom, host.Clock.GetUtcNow());
        await host.Team.ActAsync(told, "erasure-notice", new { how = "Trois appels.", reached = false }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.erasure_notice_not_due");
        var revision = await RevisionAsync(host, id);

        host.Clock.Move(TimeSpan.FromDays(60));
        await host.PassDayAsync();
        await Eventually.True(async () => await StatusAsync(host, told) == HttpStatusCode.NotFound, Patience, "whoever was told is erased");
        Assert.Equal((HttpStatusCode.OK, revision), (await StatusAsync(host, id), await RevisionAsync(host, id)));

        await host.Team.ActAsync(id, "erasure-notice", new { how = "Trois appels.", reached }).DoneAsync();
        Assert.Equal((deed, "Trois appels."), (await host.Team.ReadAsync($"{Candidatures}/{id}"))["acts"]!.AsArray()[^1] is { } act ? (act["deed"].Text(), act["reason"].Text()) : default);
        host.Clock.Move(TimeSpan.FromDays(13));
        await host.PassDayAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, id));
        host.Clock.Move(TimeSpan.FromDays(2));
        await host.PassDayAsync();
        await Eventually.True(async () => await StatusAsync(host, id) == HttpStatusCode.NotFound, Patience, "the candidature ends");
    }

    [Fact]
    public async Task Whose_mail_is_put_off_too_long_was_not_told_and_is_told_anew_until_the_server_takes_it()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var id = await host.Team.SentAsync("later." + NextEmail());
        host.Clock.Move(TimeSpan.FromDays(717));
        await host.PassDayAsync();
        Assert.NotNull(At(Assert.Single(await DueAsync(host))!, "erasesAt"));
        host.Clock.Move(TimeSpan.FromHours(7));
        var waiting = await RefusedAsync(host, id);
        Assert.Equal((true, null, 451), ((bool)waiting["toldByMail"]!, At(waiting, "erasesAt"), (int)waiting["mailReply"]!));

        await host.PassDayAsync();
        var again = Assert.Single(await DueAsync(host))!;
        Assert.Equal((true, null), (At(again, "erasesAt") > host.Clock.GetUtcNow().AddDays(13), At(again, "mailRefusedAt")));
    }

    [Fact]
    public async Task That_somebody_cannot_be_reached_is_not_said_before_a_mail_was_tried()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var id = await host.Team.SentAsync();
        host.Clock.Move(TimeSpan.FromDays(717));

        await host.Team.ActAsync(id, "erasure-notice", new { how = "Trois appels.", reached = false }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.candidate_told_by_mail");
        await host.Team.ActAsync(id, "erasure-notice", new { how = "Au téléphone." }).DoneAsync();
    }

    [Fact]
    public async Task One_that_cannot_be_told_holds_up_none_of_those_behind_it()
    {
        await using var host = await PrivateHost.StartAsync(shared);
        var (failing, behind) = (await host.Team.SentAsync(), await host.Team.SentAsync());
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var fault = database.CreateCommand($"""
            create function fault() returns trigger language plpgsql as $$ begin raise 'out of order'; end $$;
            create trigger fault before insert on recruitment.mt_doc_gerantcandidature for each row when (new.id = '{failing}') execute function fault()
            """);
        await fault.ExecuteNonQueryAsync(Token);
        host.Clock.Move(TimeSpan.FromDays(717));

        await host.PassDayAsync();

        Assert.Equal((1, 2), (await RevisionAsync(host, failing), await RevisionAsync(host, behind)));
        await using var repair = database.CreateCommand("drop trigger fault on recruitment.mt_doc_gerantcandidature");
        await repair.ExecuteNonQueryAsync(Token);
        await host.PassDayAsync();
        Assert.Equal((2, 2), (await RevisionAsync(host, failing), await RevisionAsync(host, behind)));
    }

    [Fact]
    public async Task All_whose_time_is_over_are_told_by_whichever_rule_and_however_many_they_are()
    {
        await using var host = await PrivateHost.StartAsync(shared, ("Recruitment:Retention:AfterLastContact", "92.00:00:00"));
        var declined = await host.Team.SentAsync();
        await host.Team.ActAsync(declined, "refusal", new { reason = "anotherProject" }).DoneAsync();
        await Parallel.ForAsync(0, 201, Token, async (_, _) => await host.Team.SentAsync());
        host.Clock.Move(TimeSpan.FromDays(80));

        await host.PassDayAsync();

        await using var database = NpgsqlDataSource.Create(host.Connection);
        Assert.Equal(202, await database.ValueAsync<long>("select count(*) from recruitment.mt_doc_gerantcandidature where data->>'erasureNoticedAt' is not null"));
    }

    [Theory]
    [InlineData("contacts", "{}", "/note")]
    [InlineData("erasure-notice", "{}", "/how")]
    [InlineData("erasure", "{}", "/howAsked")]
    public async Task An_act_without_its_words_is_refused_by_its_field(string act, string body, string field)
    {
        var problem = await shared.Administrator.ActAsync(await shared.Administrator.SentAsync(), act, JsonNode.Parse(body)!).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal([field], problem["errors"]!.AsArray().Select(fault => fault!["pointer"].Text()));
        object right = act switch { "contacts" => new { note = "Bonjour." }, "erasure" => new { howAsked = "Par courriel." }, _ => new { how = "Au téléphone." } };
        await shared.Administrator.ActAsync($"{Guid.CreateVersion7()}", act, right).RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
    }

    private static async Task<string> KeepingAsync(HttpClient team)
    {
        var letter = Letter(NextEmail());
        letter["consent"] = new { reference = "CGU, article 4", givenAt = "2026-01-02T09:00:00Z", keepsLonger = true };
        using var answer = await team.PostAsync(Candidatures, letter);
        return (await answer.ReadAsync(HttpStatusCode.Created))["id"].Text();
    }

    private static async Task<JsonArray> DueAsync(PrivateHost host, DateTimeOffset? at = null) =>
        (await host.Team.ReadAsync(at is { } instant ? $"{Due}?at={instant.UtcDateTime:O}" : Due))["items"]!.AsArray();

    private static async Task<JsonNode> RefusedAsync(PrivateHost host, string id)
    {
        JsonNode? found = null;
        await Eventually.True(
            async () => (found = (await DueAsync(host)).FirstOrDefault(one => one!["candidatureId"].Text() == id && one["mailRefusedAt"] is not null)) is not null, Patience, "the mail is refused");
        return found!;
    }

    private static IEnumerable<(string, string)> Told(JsonArray due) => due.Select(one => (one!["candidatureId"].Text(), one["rule"].Text()));

    private static string Day(DateTimeOffset instant, string culture) =>
        TimeZoneInfo.ConvertTimeBySystemTimeZoneId(instant, "Europe/Paris").ToString("dddd d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo(culture));

    private static DateTimeOffset? At(JsonNode due, string name) => (DateTimeOffset?)due[name];

    private static async Task<long> RevisionAsync(PrivateHost host, string id) => (long)(await host.Team.ReadAsync($"{Candidatures}/{id}"))["revision"]!;

    private static async Task<HttpStatusCode> StatusAsync(PrivateHost host, string id)
    {
        using var answer = await host.Team.GetAsync(new Uri($"{Candidatures}/{id}", UriKind.Relative), Token);
        return answer.StatusCode;
    }
}
