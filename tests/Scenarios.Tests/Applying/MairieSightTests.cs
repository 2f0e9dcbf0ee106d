using MilleCafes.Scenarios.Tests.Selection;
using MilleCafes.Testing;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>What a mairie that keeps a copy hears of those who were presented to it.</summary>
public sealed class MairieSightTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mairie_hears_of_an_erasure_and_of_a_merger_that_it_is_over_and_nothing_else()
    {
        var commune = host.NextInseeCode();
        using var mairie = await MairieAsync(commune);
        var (erased, merged) = (await GerantPath.AtAsync(host.Administrator, "presented", commune), await GerantPath.AtAsync(host.Administrator, "presented", commune));
        var staying = $"{await host.Administrator.OtherOfThemAsync(await Candidates.OfferAsync(host.Administrator, host.NextInseeCode()))}";
        var since = Now();
        Assert.Equal([erased, merged], (await mairie.ListedAsync("")).Select(one => one!["id"].Text()));

        await host.Administrator.ActAsync(merged, "merge", new { into = staying, reason = "Même personne." }).DoneAsync();
        await host.Administrator.ActAsync(erased, "erasure", new { howAsked = "Par courriel." }).DoneAsync(HttpStatusCode.NoContent);
        await Eventually.True(async () => (await EndedAsync()).SequenceEqual([erased, merged]), TimeSpan.FromSeconds(20), "both are named");

        Assert.Empty(await mairie.ListedAsync(""));
        Assert.Empty(await mairie.ListedAsync($"updatedSince={since}"));
        foreach (var gone in new[] { erased, merged, staying })
        {
            await mairie.GetAsync(new Uri($"{Candidatures}/{gone}", UriKind.Relative), Token).RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
        }

        async Task<IEnumerable<string>> EndedAsync() => (await mairie.ReadAsync($"{Candidatures}?updatedSince={since}"))["ended"]!.AsArray().Select(one => one!["id"].Text());
    }

    [Theory]
    [InlineData("refusal")]
    [InlineData("withdrawal")]
    public async Task Of_whoever_goes_no_further_a_mairie_reads_that_they_do_not_and_what_it_answered_until_it_is_corrected(string act)
    {
        var commune = host.NextInseeCode();
        using var mairie = await MairieAsync(commune);
        var (id, presentation) = await RightSelection.PresentationAsync(host, commune);
        Assert.Equal((1, 0), (await AwaitedAsync("true"), await AwaitedAsync("false")));
        await mairie.PostAsync(presentation + "/answers", new { answer = "notYet", reason = "Camille viendra en mai." }).DoneAsync();
        var email = (await mairie.ReadAsync($"{Candidatures}/{id}"))["applicant"]!["email"].Text();
        var since = Now();

        await host.Administrator.ActAsync(id, act, act == "refusal" ? new { reason = "anotherProject", text = "Camille n'écoute pas." } : new { reason = "Camille est souffrante." }).DoneAsync();

        foreach (var shown in new[] { await mairie.ReadAsync($"{Candidatures}/{id}"), Assert.Single(await mairie.ListedAsync($"updatedSince={since}"))!, await mairie.ReadAsync(presentation), (await mairie.ReadAsync($"{RightSelection.Presentations}?updatedSince={since}"))["items"]![0]! })
        {
            Assert.DoesNotContain("Camille", shown.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("anotherProject", shown.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal(act == "refusal" ? "declined" : "withdrawn", (await mairie.ReadAsync($"{Candidatures}/{id}"))["stage"].Text());
        Assert.NotNull((await mairie.ReadAsync(presentation))["answers"]![0]!["at"]);
        Assert.Equal("notYet", (await mairie.ReadAsync(presentation))["answer"].Text());
        Assert.Empty(await mairie.ListedAsync($"email={email}"));
        Assert.Empty(await mairie.ListedAsync("source=Petites%20annonces"));

        Assert.Equal((0, 1), (await AwaitedAsync("true"), await AwaitedAsync("false")));
        await host.Administrator.ActAsync(id, "correction", new { reason = "Par erreur." }).DoneAsync();
        Assert.Equal("Camille Exemple", Assert.Single(await mairie.ListedAsync($"email={email}"))!["applicant"]!["name"].Text());
        Assert.Equal("Camille viendra en mai.", (await mairie.ReadAsync(presentation))["answers"]![0]!["reason"].Text());

        async Task<int> AwaitedAsync(string awaited) => (await mairie.ReadAsync($"{RightSelection.Presentations}?awaited={awaited}"))["items"]!.AsArray().Count;
    }

    [Fact]
    public async Task Whoever_is_presented_to_a_mairie_no_more_is_named_among_what_has_ended_and_told_of_and_is_shown_again_when_they_are()
    {
        var commune = host.NextInseeCode();
        using var mairie = await MairieAsync(commune);
        using var neighbour = await MairieAsync(host.NextInseeCode());
        var (id, presentation) = await RightSelection.PresentationAsync(host, commune);
        var shown = presentation.Split('/')[^1];
        var since = Now();

        await host.TrackAsync(() => host.Administrator.ActAsync(id, "correction", new { reason = "Présentée par erreur." }).DoneAsync());

        Assert.Equal($"; ended: {id}", await ToldAsync(mairie, Candidatures));
        Assert.Equal($"; ended: {shown}", await ToldAsync(mairie, RightSelection.Presentations));
        Assert.Equal("; ended: ", await ToldAsync(neighbour, Candidatures));
        Assert.Equal("; ended: ", await ToldAsync(neighbour, RightSelection.Presentations));
        Assert.Empty(await mairie.ListedAsync(""));
        Assert.Equal(["recruitment.candidate.presentation-ended", "recruitment.candidate.presented"], await Candidates.HeardAsync(mairie, "recruitment.candidate.*", "candidatureId", Guid.Parse(id)));
        Assert.Empty(await Candidates.HeardAsync(neighbour, "recruitment.candidate.*", "candidatureId", Guid.Parse(id)));

        string again = "";
        await host.TrackAsync(async () => again = $"{await host.Administrator.CreatedAsync(RightSelection.Presentations, new { candidatureId = id })}");
        Assert.Equal($"{id}; ended: ", await ToldAsync(mairie, Candidatures));
        Assert.Equal($"{again}; ended: {shown}", await ToldAsync(mairie, RightSelection.Presentations));

        await host.TrackAsync(() => host.Administrator.ActAsync(id, "erasure", new { howAsked = "Par courriel." }).DoneAsync(HttpStatusCode.NoContent));
        Assert.Equal($"; ended: {id}", await ToldAsync(mairie, Candidatures));
        Assert.Equal($"; ended: {shown} {again}", await ToldAsync(mairie, RightSelection.Presentations));

        async Task<string> ToldAsync(HttpClient http, string list)
        {
            var page = await http.ReadAsync($"{list}?updatedSince={since}");
            return $"{Ids(page["items"]!)}; ended: {Ids(page["ended"]!)}";
        }

        static string Ids(JsonNode list) => string.Join(' ', list.AsArray().Select(one => one!["id"].Text()));
    }

    [Fact]
    public async Task A_mairie_learns_by_no_filter_what_becomes_elsewhere_of_whom_it_was_shown_once()
    {
        var commune = host.NextInseeCode();
        using var mairie = await MairieAsync(commune);
        var (id, _) = await RightSelection.PresentationAsync(host, commune);
        var email = (await mairie.ReadAsync($"{Candidatures}/{id}"))["applicant"]!["email"].Text();
        var since = Now();
        await host.Administrator.ActAsync(id, "correction", new { reason = "Présentée par erreur." }).DoneAsync();
        var hidden = await ToldAsync("");
        var offer = await OfferAsync(host.Administrator, "48001");

        await host.Administrator.ActAsync(id, "offer", new { offerId = offer }).DoneAsync();
        var there = await host.Administrator.CreatedAsync(RightSelection.Presentations, new { candidatureId = id });
        await host.Administrator.PostAsync($"{RightSelection.Presentations}/{there}/answers", new { answer = "yes", reason = "Oui", toldBy = "phone" }).DoneAsync();
        await host.Administrator.ActAsync(id, "selection").DoneAsync();

        foreach (var filter in new[] { "", "&stage=retained", "&stage=presented", "&departement=48", "&departement=12", $"&offerId={offer}", $"&email={email}" })
        {
            Assert.Equal(hidden, await ToldAsync(filter));
        }

        Assert.Empty((await mairie.ReadAsync($"{Candidatures}?updatedSince={Now()}"))["items"]!.AsArray());

        async Task<string> ToldAsync(string filter)
        {
            var page = await mairie.ReadAsync($"{Candidatures}?updatedSince={since}{filter}");
            Assert.Empty(page["items"]!.AsArray());
            return Assert.Single(page["ended"]!.AsArray())!.ToJsonString();
        }
    }

    private static string Now() => Uri.EscapeDataString(TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"));

    private async Task<HttpClient> MairieAsync(string inseeCode) =>
        host.With((await host.AddClientAsync(new { name = "Mairie", kind = "mairie", scopes = new[] { "recruitment:read", "recruitment:write", "webhooks:manage" }, inseeCode })).Key);
}
