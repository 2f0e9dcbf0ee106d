using MilleCafes.Recruitment.Contracts;
using MilleCafes.Scenarios.Tests.Applying;
using MilleCafes.Scenarios.Tests.PersonalData;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>Who is told of what, from the first letter to the mairie.</summary>
public sealed class ToldTests(MilleCafesHost host)
{
    private static readonly string[] Scopes = ["recruitment:read", "recruitment:write", "webhooks:manage"];

    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task Whoever_is_handed_on_by_a_partner_is_mailed_what_is_kept_and_can_withdraw_and_read_their_data()
    {
        using var partner = await HolderAsync(new { name = "Emplois ruraux", kind = "partner", scopes = Scopes });
        var (email, ours) = (RightGerants.NextEmail(), RightGerants.NextEmail());
        var letter = RightGerants.Letter(email);
        letter["source"] = "Petites annonces du Rouergue";

        var sent = Guid.Empty;
        await host.TrackAsync(async () => sent = await partner.CreatedAsync(Gerants, letter));
        await host.TrackAsync(() => Team.CreatedAsync(Gerants, RightGerants.Letter(ours)));

        var text = Assert.Single(host.Mails.To(email)).Text;
        Assert.Contains("Petites annonces du Rouergue", text, StringComparison.Ordinal);
        Assert.Contains("deux ans au plus", text, StringComparison.Ordinal);
        Assert.Empty(host.Mails.To(ours));
        using var copied = await host.Anonymous.ActAsync($"{sent}", "copy-by-link", new { token = TokenIn(text, "copie", sent) });
        Assert.Equal(email, (await copied.ReadAsync(HttpStatusCode.OK))["candidatures"]![0]!["candidature"]!["applicant"]!["email"].Text());
        await host.Anonymous.ActAsync($"{sent}", "withdrawal-by-link", new { token = TokenIn(text, "retrait", sent) }).DoneAsync(HttpStatusCode.NoContent);
        Assert.Equal("withdrawn", await Team.StageAsync(sent));
        await host.Anonymous.ActAsync($"{sent}", "erasure-by-link", new { token = TokenIn(text, "effacement", sent) }).DoneAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Whoever_was_handed_on_is_mailed_new_links_when_they_ask_though_the_first_still_serve()
    {
        await using var own = await PrivateHost.StartAsync(host);
        var (_, partner) = await own.AddClientAsync("partner", "recruitment:read", "recruitment:write");
        var email = RightGerants.NextEmail();
        var sent = await partner.CreatedAsync(Gerants, RightGerants.Letter(email));
        var first = TokenIn((await own.Mails.ToAsync(email)).Text, "copie", sent);
        await own.StoredAsync(first);
        own.Clock.Move(TimeSpan.FromDays(2));

        await own.Anybody.PostAsync(Gerants + "/own-data-links", new { email }).DoneAsync(HttpStatusCode.Accepted);

        Assert.NotEqual(first, TokenIn((await own.Mails.ToAsync(email, 2)).Text, "copie", sent));
        await own.Anybody.ActAsync($"{sent}", "copy-by-link", new { token = first }).DoneAsync();
    }

    [Fact]
    public async Task A_candidate_is_mailed_the_café_and_the_days_of_their_immersion_and_that_it_is_off()
    {
        var email = RightGerants.NextEmail();
        var candidate = await Team.CreatedAsync(Gerants, RightGerants.Letter(email));
        await Team.DoneAsync($"{Gerants}/{candidate}/study");
        await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
        var immersion = Guid.Empty;
        await host.TrackAsync(async () => immersion = await Team.CreatedAsync(
            Immersions, new { candidatureId = candidate, hostCafeId = await Team.HostCafeAsync(), firstDay = "2099-04-13", lastDay = "2099-04-17" }));

        await host.TrackAsync(() => Team.DoneAsync($"{Immersions}/{immersion}/cancellation", new { reason = "Travaux au café" }));

        var mails = host.Mails.To(email).Select(mail => mail.Text).ToList();
        Assert.Equal(3, mails.Count);
        Assert.Contains("Le café de Sénergues, à Sénergues (12), vous accueille du lundi 13 avril 2099 au vendredi 17 avril 2099.", mails[1], StringComparison.Ordinal);
        Assert.Contains("receives you from Monday 13 April 2099 to Friday 17 April 2099.", mails[1], StringComparison.Ordinal);
        Assert.Contains("du lundi 13 avril 2099 au vendredi 17 avril 2099 n'a pas lieu.", mails[2], StringComparison.Ordinal);
        Assert.DoesNotContain("Travaux", mails[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancellation")]
    [InlineData("withdrawal")]
    [InlineData("erasure")]
    public async Task A_host_café_is_told_whom_it_receives_by_name_and_that_they_do_not_come(string end)
    {
        using var cafe = await Writer.OfAsync(host, new { name = "Café", kind = "gerant", scopes = Scopes, cafes = new[] { Guid.CreateVersion7() } });
        using var other = await HolderAsync(new { name = "Autre café", kind = "gerant", scopes = Scopes, cafes = new[] { Guid.CreateVersion7() } });
        using var mairie = await HolderAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = "12268" });
        using var reader = await HolderAsync(new { name = "Équipe", kind = "staff", scopes = Scopes });
        var candidate = await Team.CandidateAsync();
        await Team.CreatedAsync(Interviews, new { candidatureId = candidate, slots = new[] { Slot(24) }, interviewerId = await host.ColleagueAsync() });
        var immersion = Guid.Empty;
        await host.TrackAsync(async () =>
        {
            using var booked = await Team.BookAsync(candidate, await Team.HostCafeAsync(client: cafe.Id));
            immersion = (await booked.ReadAsync(HttpStatusCode.Created))["id"]!.GetValue<Guid>();
        });
        Assert.Equal("Camille Exemple", (await cafe.Client.ReadAsync($"{Immersions}/{immersion}"))["candidateName"].Text());
        Assert.Null((await reader.ReadAsync($"{Immersions}/{immersion}"))["candidateName"]);
        await host.TrackAsync(async () =>
        {
            using var ended = await Team.SendAsync(
                end == "cancellation" ? $"{Immersions}/{immersion}/{end}" : $"{Gerants}/{candidate}/{end}", end == "erasure" ? new { howAsked = "Par courriel" } : new { reason = "Travaux" });
            Assert.True(ended.IsSuccessStatusCode, await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        });

        foreach (var http in new[] { cafe.Client, Team })
        {
            Assert.Equal(["recruitment.immersion.booked", "recruitment.immersion.called-off"], await HeardAsync(http, "recruitment.immersion.*", "immersionId", immersion));
        }

        foreach (var http in new[] { other, mairie })
        {
            Assert.Empty(await HeardAsync(http, "recruitment.immersion.*", "immersionId", immersion));
        }
    }

    [Fact]
    public async Task A_mairie_is_told_that_a_candidate_is_presented_to_it_and_its_neighbour_is_not()
    {
        var commune = host.NextInseeCode();
        using var mairie = await HolderAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = commune });
        using var neighbour = await HolderAsync(new { name = "Mairie", kind = "mairie", scopes = Scopes, inseeCode = host.NextInseeCode() });
        var offer = await Team.OfferAsync(commune);
        var candidate = await Team.ImmersedAsync(offer);
        var presentation = Guid.Empty;

        var told = await host.TrackAsync(async () => presentation = await Team.CreatedAsync(Presentations, new { candidatureId = candidate }));

        var news = Assert.Single(told.Sent.MessagesOf<CandidatePresented>().Distinct());
        Assert.Equal((presentation, candidate, offer, commune), (news.PresentationId, news.CandidatureId, news.OfferId, news.InseeCode));
        Assert.Equal(["recruitment.candidate.presented"], await HeardAsync(mairie, "recruitment.candidate.presented", "presentationId", presentation));
        Assert.Empty(await HeardAsync(neighbour, "recruitment.candidate.presented", "presentationId", presentation));
    }

    private async Task<HttpClient> HolderAsync(object facts) => host.With((await host.AddClientAsync(facts)).Key);

    private static string TokenIn(string text, string act, Guid candidature)
    {
        var start = text.IndexOf($"#{act}/{candidature}/", StringComparison.Ordinal) + $"#{act}/{candidature}/".Length;
        return new([.. text[start..].TakeWhile(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_')]);
    }
}
