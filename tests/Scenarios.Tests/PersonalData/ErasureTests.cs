using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>Whoever is erased is nowhere any more: a word that only they wrote is looked for in the whole database, before and after.</summary>
public sealed class ErasureTests(MilleCafesHost shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Speaking =
    [
        "access.mt_doc_auditentry", "recruitment.mt_doc_gerantcandidature", "recruitment.mt_doc_immersion", "recruitment.mt_doc_interview",
        "recruitment.mt_doc_presentation", "recruitment.mt_doc_scorecard",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("team")]
    [InlineData("link")]
    [InlineData("clock")]
    public async Task A_word_that_a_candidate_or_anybody_wrote_of_them_in_every_field_is_nowhere_after_they_are_erased(string by)
    {
        await using var host = await PrivateHost.StartAsync(shared);
        await using var subscriber = await WebhookReceiver.AnsweringAsync(200);
        var marker = new Marker();
        using var subscribed = await host.Team.SendAsync("/v1/webhooks/subscriptions", new { url = subscriber.Address, eventTypes = new[] { "recruitment.*" }, format = "full" });
        await subscribed.ReadAsync(HttpStatusCode.Created);
        var id = await host.LiveAsync(marker);
        var (stages, found) = (await StagesAsync(host.Connection, id), await DatabaseSearch.FindAsync(host.Connection, marker.Text));
        Assert.Empty(Speaking.Except(found.Keys));

        await EraseAsync(host, marker, id, by);

        await Eventually.True(async () => await IsGoneAsync(host, id), Patience, "the candidature ends");
        await TellUnlessAsync(host, marker, async () => (await DatabaseSearch.FindAsync(host.Connection, marker.Text)).Count == 0);
        Assert.DoesNotContain(await marker.RepeatAsync(), Says);
        await TellUnlessAsync(host, marker, async () => (await DatabaseSearch.FindAsync(host.Connection, marker.Text)).Count == 0);
        Assert.DoesNotContain(marker.Text, await host.Team.GetStringAsync(new Uri($"/v1/access/audit?subject={id}&limit=200", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.NotEmpty(host.Log.Lines);
        Assert.DoesNotContain(host.Log.Lines, Says);
        Assert.Equal(stages, await StagesAsync(host.Connection, id));
        await HearOfItAsync(subscriber, marker, id);
        foreach (var list in new[] { Scorecards, Interviews, Immersions, Presentations })
        {
            Assert.Empty((await host.Team.ReadAsync($"{list}?candidatureId={id}"))["items"]!.AsArray());
        }

        var texts = new CandidateRequests(await host.Anybody.ReadAsync("/openapi/v1.json")).Texts;
        Assert.NotEmpty(texts);
        // Only the team is asked how it was told, and how it told
        Assert.Equal(by == "team" ? [] : [$"POST {Gerants}/{{}}/erasure /howAsked", $"POST {Gerants}/{{}}/erasure-notice /how"], texts.Except(marker.Places).Order(StringComparer.Ordinal));

        bool Says(string text) => text.Contains(marker.Text, StringComparison.Ordinal);
    }

    private static async Task EraseAsync(PrivateHost host, Marker marker, string id, string by)
    {
        switch (by)
        {
            case "team":
                host.Clock.Move(TimeSpan.FromDays(80));
                await marker.SendAsync(host.Team, $"{Gerants}/{id}/erasure-notice", new { how = marker.Text });
                await marker.SendAsync(host.Team, $"{Gerants}/{id}/erasure", new { howAsked = marker.Text }, HttpStatusCode.NoContent);
                break;
            case "link":
                await marker.SendAsync(host.Anybody, $"{Gerants}/{id}/erasure-by-link", new { token = (await host.StoryOf(marker).LinkAsync("effacement", id)).Token }, HttpStatusCode.NoContent);
                break;
            default:
                host.Clock.Move(TimeSpan.FromDays(80));
                await host.PassDayAsync();
                await Eventually.True(() => Task.FromResult(host.Mails.To(marker.Email).Any(mail => mail.Text.Contains("sera effacé le", StringComparison.Ordinal))), Patience, "the notice is mailed");
                host.Clock.Move(TimeSpan.FromDays(15));
                await host.PassDayAsync();
                break;
        }
    }

    // What is left says where it went wrong
    private static async Task TellUnlessAsync(PrivateHost host, Marker marker, Func<Task<bool>> condition)
    {
        try
        {
            await Eventually.True(condition, Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail(await DatabaseSearch.TellAsync(host.Connection, marker.Text));
        }
    }

    private static async Task HearOfItAsync(WebhookReceiver subscriber, Marker marker, string id)
    {
        ReceivedWebhook heard;
        do
        {
            heard = await subscriber.NextAsync(Token);
            Assert.DoesNotContain(marker.Text, heard.Body, StringComparison.Ordinal);
        }
        while (heard.Type != "recruitment.candidate.erased" || !heard.Body.Contains(id, StringComparison.Ordinal));
    }

    private static async Task<bool> IsGoneAsync(PrivateHost host, string id)
    {
        using var answer = await host.Team.GetAsync(new Uri($"{Gerants}/{id}", UriKind.Relative), Token);
        return answer.StatusCode == HttpStatusCode.NotFound;
    }

    // Figures are told of candidatures long ago too
    private static async Task<string> StagesAsync(string connection, string id)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        return await database.ValueAsync<string>(
            $"select string_agg(concat_ws(' ', change->>'from', change->>'to', change->>'at', change->>'actor'), ',' order by rank) from recruitment.mt_doc_gerantcandidature, jsonb_array_elements(data->'stages') with ordinality as stages (change, rank) where id = '{id}'");
    }
}
