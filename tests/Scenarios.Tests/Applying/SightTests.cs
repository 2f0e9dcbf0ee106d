using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>Who sees which candidatures, and what of them; and candidatures that are one person's.</summary>
public sealed class SightTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_partner_reads_the_stage_of_those_it_sent_and_of_nobody_else_without_the_person()
    {
        var (partner, other) = (await AsAsync("partner", null), await AsAsync("partner", null));
        var id = await partner.SentAsync();
        await host.Administrator.ActAsync(id, "study", new { reason = "Interne." }).DoneAsync();

        var read = await partner.ReadAsync($"{Candidatures}/{id}");
        Assert.Equal("studied", read["stage"].Text());
        Assert.Null(read["applicant"]);
        Assert.Null(read["acts"]);
        Assert.Equal((null, false), (read["source"]!["name"], read["source"]!["clientId"] is null));
        Assert.Equal("Petites annonces", (await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["source"]!["name"].Text());
        Assert.DoesNotContain("Interne.", read.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(await partner.ListedAsync(""))!["id"].Text());
        Assert.Empty(await other.ListedAsync(""));
        await other.GetAsync(new Uri($"{Candidatures}/{id}", UriKind.Relative), Token).RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
        await other.ActAsync(id, "withdrawal").RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
        await partner.ActAsync(id, "refusal", new { reason = "anotherProject" }).RefusedAsync(HttpStatusCode.Forbidden, "access.holder_excluded");
        await partner.ActAsync(id, "withdrawal").DoneAsync();
    }

    [Fact]
    public async Task A_mairie_sees_only_those_presented_in_its_commune()
    {
        var commune = host.NextInseeCode();
        var mairie = await AsAsync("mairie", commune);
        var id = await host.Administrator.SentAsync(offer: await OfferAsync(host.Administrator, commune));
        Assert.Empty(await mairie.ListedAsync(""));

        await GerantPath.BringAsync(host.Administrator, id, "presented");

        var seen = Assert.Single(await mairie.ListedAsync(""))!;
        Assert.Equal("Camille Exemple", seen["applicant"]!["name"].Text());
        Assert.Null((await mairie.ReadAsync($"{Candidatures}/{id}"))["possibleDuplicates"]);
    }

    [Fact]
    public async Task A_partner_that_sends_somebody_twice_for_the_same_café_is_told_so()
    {
        var partner = await AsAsync("partner", null);
        var email = NextEmail();
        await partner.SentAsync(email);
        await partner.PostAsync(Candidatures, Letter(email.ToUpperInvariant())).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_already_sent");
    }

    [Fact]
    public async Task Of_those_that_a_partner_sends_at_once_for_the_same_café_one_is_taken()
    {
        var (partner, letter) = (await AsAsync("partner", null), Letter(NextEmail(), await OfferAsync(host.Administrator, host.NextInseeCode())));

        var answers = await AtOnceAsync(() => partner.PostAsync(Candidatures, letter));

        var taken = await Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created).ReadAsync(HttpStatusCode.Created);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await Task.FromResult(answer).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_already_sent");
        }

        // Whoever was declined may be sent again, and the refusal of either may be corrected
        var first = taken["id"].Text();
        await host.Administrator.ActAsync(first, "refusal", new { reason = "anotherProject" }).DoneAsync();
        await partner.PostAsync(Candidatures, letter).DoneAsync(HttpStatusCode.Created);
        await host.Administrator.ActAsync(first, "correction", new { reason = "Par erreur." }).DoneAsync();
    }

    [Fact]
    public async Task The_same_address_or_telephone_is_told_to_the_team_however_it_was_written()
    {
        var email = NextEmail().Replace("example.org", "gmail.com", StringComparison.Ordinal);
        var one = await host.Administrator.SentAsync(email);
        var two = await (await AsAsync("partner", null)).SentAsync(email.Replace("@", "+cafe@", StringComparison.Ordinal).ToUpperInvariant());
        var shared = await host.Administrator.SentAsync(phone: "+33 (0)6.39.98.77.01");
        var three = await host.Administrator.SentAsync(phone: "0639987701");

        Assert.Equal([two], Duplicates(await host.Administrator.ReadAsync($"{Candidatures}/{one}")));
        Assert.Equal([shared], Duplicates(await host.Administrator.ReadAsync($"{Candidatures}/{three}")));
        Assert.Equal(2, (await host.Administrator.ListedAsync($"email={email}")).Count);

        static IEnumerable<string> Duplicates(JsonNode shown) => shown["possibleDuplicates"]!.AsArray().Select(id => id.Text());
    }

    [Fact]
    public async Task Two_of_one_person_become_one_that_keeps_all_and_only_towards_the_one_further_along()
    {
        var email = NextEmail();
        var (ending, staying, stranger) = (await host.Administrator.SentAsync(email), await (await AsAsync("partner", null)).SentAsync(email), await host.Administrator.SentAsync());
        await host.Administrator.ActAsync(staying, "study", new { reason = "Bien." }).DoneAsync();
        await host.Administrator.ActAsync(staying, "merge", new { into = ending }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_merge_backwards");
        await host.Administrator.ActAsync(ending, "merge", new { into = ending }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "recruitment.gerant_merge_with_itself");
        await host.Administrator.ActAsync(ending, "merge", new { into = Guid.CreateVersion7() }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "recruitment.gerant_merge_target_unknown");
        await host.Administrator.ActAsync(ending, "merge", new { into = stranger }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "recruitment.gerant_merge_without_reason");

        await host.Administrator.ActAsync(ending, "merge", new { into = staying }).DoneAsync();

        var kept = await host.Administrator.ReadAsync($"{Candidatures}/{staying}");
        Assert.Equal(("studied", ending, email), (kept["stage"].Text(), kept["absorbed"]![0]!["id"].Text(), kept["absorbed"]![0]!["applicant"]!["email"].Text()));
        await host.Administrator.ActAsync(ending, "study").RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_merged");
        await host.Administrator.ActAsync(ending, "merge", new { into = staying }).RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_merged");
        Assert.Single(await host.Administrator.ListedAsync($"email={email}"));
    }

    [Fact]
    public async Task Every_filter_finds_its_own_and_nothing_else()
    {
        var offer = await OfferAsync(host.Administrator, host.NextInseeCode());
        var partner = await AsAsync("partner", null);
        var id = await partner.SentAsync(offer: offer);
        var client = (await host.Administrator.ReadAsync($"{Candidatures}/{id}"))["source"]!["clientId"].Text();
        foreach (var query in new[] { $"offerId={offer}", $"sourceClientId={client}", $"offerId={offer}&stage=received&departement=80&antenne=northEast&source=Petites%20annonces" })
        {
            Assert.Equal(id, Assert.Single(await host.Administrator.ListedAsync(query))!["id"].Text());
        }

        foreach (var query in new[] { "stage=studied", "departement=12", "antenne=southEast", "source=Autre", "confirmed=false", "email=nobody" })
        {
            Assert.Empty(await host.Administrator.ListedAsync($"offerId={offer}&{query}"));
        }
    }

    [Theory]
    [InlineData("staff", "email=camille@example.org")]
    [InlineData("staff", "source=Petites%20annonces")]
    [InlineData("partner", "source=Petites%20annonces")]
    public async Task Nobody_looks_for_what_a_person_wrote_who_may_not_read_it(string kind, string query) =>
        await (await AsAsync(kind, null)).GetAsync(new Uri($"{Candidatures}?{query}", UriKind.Relative), Token)
            .RefusedAsync(HttpStatusCode.Forbidden, "recruitment.personal_data_scope_needed");

    // Both have looked at what is there before either is stored
    private async Task<HttpResponseMessage[]> AtOnceAsync(Func<Task<HttpResponseMessage>> send)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var connection = await database.OpenConnectionAsync(Token);
        await using var holding = await connection.BeginTransactionAsync(Token);
        await using var hold = new NpgsqlCommand("lock table recruitment.mt_doc_gerantcandidature in share mode", connection, holding);
        await hold.ExecuteNonQueryAsync(Token);
        var sending = new[] { send(), send() };
        await Eventually.True(
            async () => await database.ValueAsync<long>("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") >= 2, TimeSpan.FromSeconds(20), "both wait");
        await holding.CommitAsync(Token);
        return await Task.WhenAll(sending);
    }

    private async Task<HttpClient> AsAsync(string kind, string? inseeCode) =>
        host.With((await host.AddClientAsync(inseeCode is null ? (object)new { name = "Client", kind, scopes = Scopes } : new { name = "Mairie", kind, scopes = Scopes, inseeCode })).Key);
}
