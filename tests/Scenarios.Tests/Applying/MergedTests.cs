using MilleCafes.Events.Contracts;
using MilleCafes.Testing;
using static MilleCafes.Testing.RightGerants;

namespace MilleCafes.Scenarios.Tests.Applying;

/// <summary>What still names a candidature that became part of another, and that of a third.</summary>
public sealed class MergedTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_and_a_training_of_one_that_was_merged_are_of_the_one_that_stayed()
    {
        var (id, token) = await ConfirmedAsync(host, NextEmail());
        var survivor = await MergedTwiceAsync(id);
        var completed = new TrainingCompleted(Guid.Parse(id), Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        await host.TrackAsync(() => host.PublishAsync(completed));

        await host.Anonymous.ActAsync(id, "withdrawal-by-link", new { token, reason = "Un autre café." }).DoneAsync(HttpStatusCode.NoContent);

        var withdrawn = await host.Administrator.ReadAsync($"{Candidatures}/{survivor}");
        Assert.Equal(("withdrawn", $"{completed.SessionId}"), (withdrawn["stage"].Text(), withdrawn["training"]!["sessionId"].Text()));
        await host.Anonymous.ActAsync(id, "withdrawal-by-link", new { token }).RefusedAsync(HttpStatusCode.Gone, "recruitment.candidate_link_used");
    }

    [Theory]
    [InlineData("copie", "copy-by-link")]
    [InlineData("effacement", "erasure-by-link")]
    public async Task A_candidate_whose_candidature_was_merged_still_has_the_copy_and_the_erasure_of_it_all(string act, string route)
    {
        var (id, token) = await OwnAsync(host, act);
        var survivor = await MergedTwiceAsync(id);

        using var answer = await host.Anonymous.ActAsync(id, route, new { token });

        if (act == "copie")
        {
            Assert.Equal(survivor, Assert.Single((await answer.ReadAsync(HttpStatusCode.OK))["candidatures"]!.AsArray())!["candidature"]!["id"].Text());
        }
        else
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            await Eventually.True(async () => (await host.Administrator.GetAsync(new Uri($"{Candidatures}/{survivor}", UriKind.Relative), Token)).StatusCode == HttpStatusCode.NotFound, TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task A_partner_goes_on_reading_the_stage_of_one_that_was_merged_without_the_person_and_nobody_else_does()
    {
        var (partner, other) = (await PartnerAsync(), await PartnerAsync());
        var id = await partner.SentAsync();
        var survivor = await MergedTwiceAsync(id);
        await host.Administrator.ActAsync(survivor, "study", new { reason = "Interne." }).DoneAsync();

        var read = await partner.ReadAsync($"{Candidatures}/{id}");

        Assert.Equal((id, "studied", survivor, null), (read["id"].Text(), read["stage"].Text(), read["mergedInto"].Text(), read["applicant"]));
        Assert.DoesNotContain("Interne.", read.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEqual("", read["consent"]!["version"].Text());
        foreach (var (http, hidden) in new[] { (partner, survivor), (other, id), (other, survivor) })
        {
            await http.GetAsync(new Uri($"{Candidatures}/{hidden}", UriKind.Relative), Token).RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
        }

        await host.Administrator.ActAsync(survivor, "erasure", new { howAsked = "Par courriel." }).DoneAsync(HttpStatusCode.NoContent);
        await Eventually.True(async () => (await partner.GetAsync(new Uri($"{Candidatures}/{id}", UriKind.Relative), Token)).StatusCode == HttpStatusCode.NotFound, TimeSpan.FromSeconds(20));
    }

    private async Task<HttpClient> PartnerAsync() =>
        host.With((await host.AddClientAsync(new { name = "Partenaire", kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write", "personal-data:read" } })).Key);

    private async Task<string> MergedTwiceAsync(string id)
    {
        var (second, third) = (await host.Administrator.SentAsync(), await host.Administrator.SentAsync());
        await host.Administrator.ActAsync(id, "merge", new { into = second, reason = "Même personne." }).DoneAsync();
        await host.Administrator.ActAsync(second, "merge", new { into = third, reason = "Même personne." }).DoneAsync();
        return third;
    }
}
