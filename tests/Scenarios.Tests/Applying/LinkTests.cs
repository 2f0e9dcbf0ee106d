using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Scenarios.Tests.PersonalData;
using MilleCafes.Testing;
using Wolverine;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>The links in candidates' mails, and what becomes of those that nobody follows.</summary>
public sealed class LinkTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_withdrew_before_they_confirmed_can_write_again_and_the_first_link_confirms_nothing()
    {
        var email = NextEmail();
        var (first, old) = await SubmittedAsync(host, email);
        await host.Administrator.ActAsync(first, "withdrawal", new { reason = "Au téléphone." }).DoneAsync();

        var (second, token) = await SubmittedAsync(host, email, mails: 1);

        Assert.NotEqual(first, second);
        await host.Anonymous.ActAsync(first, "confirmation", new { token = old }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_stage_not_allowed");
        await host.Anonymous.ActAsync(second, "confirmation", new { token }).DoneAsync(HttpStatusCode.NoContent);
        Assert.Equal("received", (await host.Administrator.ReadAsync($"{Candidatures}/{second}"))["stage"].Text());
    }

    [Fact]
    public async Task A_candidature_counts_once_the_link_is_followed_and_not_before()
    {
        var email = NextEmail();
        var (id, token) = await SubmittedAsync(host, email);
        Assert.Empty(await host.Administrator.ListedAsync($"email={email}"));
        await host.Administrator.ActAsync(id, "study").RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_not_confirmed");

        await host.Anonymous.ActAsync(id, "confirmation", new { token }).DoneAsync(HttpStatusCode.NoContent);

        Assert.Equal(id, Assert.Single(await host.Administrator.ListedAsync($"email={email}"))!["id"].Text());
        await host.Mails.ToAsync(email, 2);
        await host.Administrator.ActAsync(id, "study").DoneAsync();
    }

    [Fact]
    public async Task A_token_that_is_wrong_used_or_another_s_opens_nothing()
    {
        var (id, token) = await SubmittedAsync(host, NextEmail());
        var (other, theirs) = await SubmittedAsync(host, NextEmail());
        await host.Anonymous.ActAsync(id, "confirmation", new { token = "wrong" }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Anonymous.ActAsync(id, "confirmation", new { token = theirs }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Anonymous.ActAsync($"{Guid.CreateVersion7()}", "confirmation", new { token }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await host.Anonymous.ActAsync(id, "withdrawal-by-link", new { token }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        foreach (var body in new object[] { new { }, new { token = "" }, new { token = new string('a', 201) } })
        {
            await host.Anonymous.ActAsync(id, "confirmation", body).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        }

        Assert.Null((string?)(await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["confirmedAt"]);
        await host.Anonymous.ActAsync(id, "confirmation", new { token }).DoneAsync(HttpStatusCode.NoContent);
        await host.Anonymous.ActAsync(id, "confirmation", new { token }).RefusedAsync(HttpStatusCode.Gone, "recruitment.candidate_link_used");
        await host.Anonymous.ActAsync(other, "confirmation", new { token = theirs }).DoneAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_nobody_confirms_is_erased_with_all_its_traces_and_its_link_is_too_late()
    {
        await using var mails = new MailServer();
        await using var apart = await host.StartApartAsync(("Smtp:Port", $"{mails.Port}"), ("Recruitment:Form:ConfirmWithin", "00:00:01"));
        using var anybody = apart.CreateClient();
        using var team = apart.CreateClient(administrator: true);
        var email = NextEmail();
        await anybody.PostAsync(Form, FormOf(email)).DoneAsync(HttpStatusCode.Accepted);
        var over = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var (id, token) = LinkIn(await mails.ToAsync(email));
        // A link that is tried while it may be would confirm
        await Eventually.True(() => Task.FromResult(TimeProvider.System.GetUtcNow() > over), TimeSpan.FromSeconds(10));
        await anybody.ActAsync(id, "confirmation", new { token }).RefusedAsync(HttpStatusCode.Gone, "recruitment.candidate_link_expired");

        await ClockAsync(apart.Services);

        await Eventually.True(async () => (await team.GetAsync(new Uri($"{Candidatures}/{id}", UriKind.Relative), Token)).StatusCode == HttpStatusCode.NotFound, TimeSpan.FromSeconds(20));
        await anybody.ActAsync(id, "confirmation", new { token }).RefusedAsync(HttpStatusCode.NotFound, "recruitment.candidate_link_unknown");
        await Eventually.True(
            async () => !(await team.ReadAsync($"/v1/access/audit?subject={id}")).ToJsonString().Contains(email, StringComparison.Ordinal), TimeSpan.FromSeconds(20), "the audit forgets them");
    }

    [Fact]
    public async Task What_nobody_confirms_is_erased_with_what_became_part_of_it()
    {
        await using var mails = new MailServer();
        await using var apart = await host.StartApartAsync(("Smtp:Port", $"{mails.Port}"), ("Recruitment:Form:ConfirmWithin", "00:00:05"));
        using var anybody = apart.CreateClient();
        using var team = apart.CreateClient(administrator: true);
        var (first, second) = (NextEmail(), NextEmail());
        foreach (var email in new[] { first, second })
        {
            await anybody.PostAsync(Form, FormOf(email)).DoneAsync(HttpStatusCode.Accepted);
        }

        var (ended, staying) = (LinkIn(await mails.ToAsync(first)).Id, LinkIn(await mails.ToAsync(second)).Id);
        await team.ActAsync(ended, "merge", new { into = staying, reason = "Même personne." }).DoneAsync();
        var over = TimeProvider.System.GetUtcNow().AddSeconds(5);
        await Eventually.True(() => Task.FromResult(TimeProvider.System.GetUtcNow() > over), TimeSpan.FromSeconds(10));

        await ClockAsync(apart.Services);

        await Eventually.True(async () => (await team.GetAsync(new Uri($"{Candidatures}/{staying}", UriKind.Relative), Token)).StatusCode == HttpStatusCode.NotFound, TimeSpan.FromSeconds(20));
        await Eventually.True(
            async () => (await DatabaseSearch.FindAsync(apart.Connection, first)).Count + (await DatabaseSearch.FindAsync(apart.Connection, second)).Count == 0, TimeSpan.FromSeconds(20), "neither address is anywhere");
        await using var database = Npgsql.NpgsqlDataSource.Create(apart.Connection);
        Assert.Equal(2, await CountAsync());

        await ClockAsync(apart.Services, TimeSpan.FromHours(2));

        await Eventually.True(async () => await CountAsync() == 0, TimeSpan.FromSeconds(20), "both are taken out");

        Task<long> CountAsync() => database.ValueAsync<long>($"select count(*) from recruitment.mt_doc_gerantcandidature where id in ('{ended}', '{staying}')");
    }

    [Fact]
    public async Task A_candidate_withdraws_by_a_link_once()
    {
        var (id, token) = await ConfirmedAsync(host, NextEmail());

        await host.Anonymous.ActAsync(id, "withdrawal-by-link", new { token, reason = "Un autre café." }).DoneAsync(HttpStatusCode.NoContent);

        var withdrawn = await host.Administrator.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal("withdrawn", withdrawn["stage"].Text());
        var last = withdrawn["stages"]!.AsArray()[^1]!;
        Assert.Equal((null, "Un autre café."), ((string?)last["actor"], last["reason"].Text()));
        await host.Anonymous.ActAsync(id, "withdrawal-by-link", new { token }).RefusedAsync(HttpStatusCode.Gone, "recruitment.candidate_link_used");
    }

    [Fact]
    public async Task A_candidate_withdraws_by_a_link_as_long_as_the_candidature_is_kept()
    {
        await using var apart = await PrivateHost.StartAsync(host);
        var (email, forgotten) = (NextEmail(), NextEmail());
        await apart.Anybody.PostAsync(Form, FormOf(email)).DoneAsync(HttpStatusCode.Accepted);
        var (id, confirmation) = LinkIn(await apart.Mails.ToAsync(email));
        await apart.StoredAsync(confirmation);
        await apart.Anybody.ActAsync(id, "confirmation", new { token = confirmation }).DoneAsync(HttpStatusCode.NoContent);
        var (_, token) = LinkIn(await apart.Mails.ToAsync(email, 2));
        await apart.StoredAsync(token);
        await apart.Anybody.PostAsync(Form, FormOf(forgotten)).DoneAsync(HttpStatusCode.Accepted);
        var (other, _) = LinkIn(await apart.Mails.ToAsync(forgotten));
        apart.Clock.Move(TimeSpan.FromDays(700));
        await apart.Team.ActAsync(id, "contacts", new { note = "Reste candidate." }).DoneAsync();
        apart.Clock.Move(TimeSpan.FromDays(100));
        await apart.PassHourAsync();
        await Eventually.True(async () => (await apart.Team.GetAsync(new Uri($"{Candidatures}/{other}", UriKind.Relative), Token)).StatusCode == HttpStatusCode.NotFound, TimeSpan.FromSeconds(20), "old links were looked after");

        await apart.Anybody.ActAsync(id, "withdrawal-by-link", new { token }).DoneAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_team_confirms_in_the_candidate_s_name_with_a_reason_and_once()
    {
        var (id, _) = await SubmittedAsync(host, NextEmail());
        await host.Administrator.ActAsync(id, "confirmation-by-team").RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        await host.Administrator.ActAsync(id, "confirmation-by-team", new { reason = "Au téléphone." }).DoneAsync();
        await host.Administrator.ActAsync(id, "confirmation-by-team", new { reason = "Encore." }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_already_confirmed");
        var acts = (await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["acts"]!.AsArray();
        Assert.Equal(["received", "confirmedByTeam"], acts.Select(act => act!["deed"].Text()));
        Assert.Equal("Au téléphone.", acts[1]!["reason"].Text());
    }

    [Fact]
    public async Task Applying_again_for_the_same_café_becomes_a_date_on_the_first_and_for_another_a_second()
    {
        var (email, offer, another) = (NextEmail(), await OfferAsync(host.Administrator, host.NextInseeCode()), await OfferAsync(host.Administrator, host.NextInseeCode()));
        var (first, _) = await ConfirmedAsync(host, email, offer);
        var before = (await host.Administrator.ReadAsync($"{Candidatures}/{first}"))["lastContactAt"].Text();
        await host.Anonymous.PostAsync(Form, FormOf(email, offer)).DoneAsync(HttpStatusCode.Accepted);
        var (second, token) = LinkIn(await host.Mails.ToAsync(email, 3));
        await host.TrackAsync(() => host.Anonymous.ActAsync(second, "confirmation", new { token }).DoneAsync(HttpStatusCode.NoContent));

        Assert.Single(await host.Administrator.ListedAsync($"email={email}"));
        var kept = await host.Administrator.ReadAsync($"{Candidatures}/{first}");
        Assert.Equal("appliedAgain", kept["acts"]!.AsArray()[^1]!["deed"].Text());
        Assert.Equal(second, Assert.Single(kept["absorbed"]!.AsArray())!["id"].Text());
        Assert.True(string.CompareOrdinal(kept["lastContactAt"].Text(), before) > 0);
        var ended = (await host.Administrator.ReadAsync($"{Candidatures}?updatedSince={Uri.EscapeDataString(before)}&limit=200"))["ended"]!.AsArray();
        Assert.Contains(second, ended.Select(one => one!["id"].Text()));

        await host.Anonymous.PostAsync(Form, FormOf(email, another)).DoneAsync(HttpStatusCode.Accepted);
        var (third, other) = LinkIn(await host.Mails.ToAsync(email, 5));
        await host.TrackAsync(() => host.Anonymous.ActAsync(third, "confirmation", new { token = other }).DoneAsync(HttpStatusCode.NoContent));
        Assert.Equal(2, (await host.Administrator.ListedAsync($"email={email}")).Count);
    }

    [Fact]
    public async Task The_page_behind_the_link_is_shown_in_both_languages_and_confirms_nothing_by_itself()
    {
        foreach (var (language, text) in new[] { ("fr", "Confirmer ma candidature"), ("en", "Confirm my candidature") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/candidature");
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var page = await host.Anonymous.SendAsync(request, Token);
            var html = await page.Content.ReadAsStringAsync(Token);
            Assert.Contains(text, html, StringComparison.Ordinal);
            Assert.Contains("script-src 'sha256-", string.Join(' ', page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.DoesNotContain("{", html.Split("<script>")[0].Split("</style>")[1], StringComparison.Ordinal);
        }
    }

    // What the hourly clock does, by its own message
    private static async Task ClockAsync(IServiceProvider services, TimeSpan later = default)
    {
        await using var scope = services.CreateAsyncScope();
        var message = Type.GetType("MilleCafes.Recruitment.GerantCandidatures.EraseUnconfirmed, MilleCafes.Recruitment", throwOnError: true)!;
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(Activator.CreateInstance(message, TimeProvider.System.GetUtcNow() + later)!);
    }
}
