using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Events.Contracts;
using MilleCafes.Scenarios.Tests.Access;
using MilleCafes.Shared;
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

    [Fact]
    public async Task Every_act_on_one_that_was_merged_says_so_to_whoever_could_see_it()
    {
        using var writer = await Writer.OfAsync(host);
        var (id, partner, other) = (await host.Administrator.SentAsync(), await PartnerAsync(), await PartnerAsync());
        var sent = await partner.SentAsync();
        await MergedTwiceAsync(id);
        await MergedTwiceAsync(sent);
        var acts = host.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OperationText>() is not null).Select(Asked.Of)
            .Where(one => one.IsWrite && one.Scope is not null && one.Path.StartsWith(Candidatures + "/{id:guid}/", StringComparison.Ordinal)).ToList();
        Assert.True(acts.Count > 10, $"{acts.Count} acts");
        foreach (var act in acts)
        {
            var right = await RightWrites.OfAsync(act.Name, writer);
            using var content = right.Content;
            await host.Administrator.PostAsync(new Uri($"{Candidatures}/{id}/{right.Address.Split('/')[^1]}", UriKind.Relative), content, Token)
                .RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_merged");
        }

        await host.Administrator.PostAsync(RightSelection.Interviews, new { candidatureId = id, slots = new[] { Selection.Candidates.Slot(24) } })
            .RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_merged");
        await partner.ActAsync(sent, "withdrawal").RefusedAsync(HttpStatusCode.Conflict, "recruitment.gerant_candidature_merged");
        await other.ActAsync(sent, "withdrawal").RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");

        var survivor = (await partner.ReadAsync($"{Candidatures}/{sent}"))["mergedInto"].Text();
        await host.TrackAsync(() => host.Administrator.ActAsync(survivor, "erasure", new { howAsked = "Par courriel." }).DoneAsync(HttpStatusCode.NoContent));
        await partner.ActAsync(sent, "withdrawal").RefusedAsync(HttpStatusCode.NotFound, "recruitment.gerant_candidature_unknown");
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
