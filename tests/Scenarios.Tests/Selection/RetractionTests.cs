using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>What others were told, and is so no longer, is told too.</summary>
public sealed class RetractionTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Theory]
    [InlineData("selection correction", "selected selection-ended")]
    [InlineData("selection correction selection", "selected selection-ended selected")]
    [InlineData("selection refusal", "selected selection-ended")]
    [InlineData("selection refusal correction", "selected selection-ended selected")]
    [InlineData("selection training withdrawal correction", "selected selection-ended selected")]
    [InlineData("selection training correction", "selected")]
    [InlineData("selection training installation correction", "selected in-post post-corrected")]
    [InlineData("selection training installation correction correction correction", "selected in-post post-corrected selection-ended")]
    [InlineData("selection erasure", "selected selection-ended")]
    [InlineData("selection merge", "selected selection-ended")]
    [InlineData("refusal correction", "")]
    public async Task Each_step_back_from_what_was_told_is_told(string acts, string expected)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.AgreedAsync(offer);

        foreach (var act in acts.Split(' '))
        {
            await host.TrackAsync(() => ActAsync(candidate, act));
        }

        Assert.Equal(expected, string.Join(' ', await ToldAsync(candidate)));
    }

    [Fact]
    public async Task A_refusal_is_not_corrected_when_the_offer_has_gone_to_another()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var first = await Team.RetainedAsync(offer);
        await ActAsync(first, "refusal");
        await Team.RetainedAsync(offer);

        await Team.RefusedAsync($"{Gerants}/{first}/correction", new { reason = "Par erreur" }, HttpStatusCode.Conflict, "recruitment.offer_already_taken");
    }

    [Theory]
    [InlineData("filling", "recruitment.gerance_offer_already_filled")]
    [InlineData("withdrawal", "recruitment.gerance_offer_not_published")]
    public async Task A_refusal_is_not_corrected_when_the_offer_has_ended(string end, string code)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var candidate = await Team.RetainedAsync(offer);
        await ActAsync(candidate, "refusal");
        await Team.DoneAsync($"{Offers}/{offer}/{end}", end == "filling" ? null : new { reason = "Travaux" });

        await Team.RefusedAsync($"{Gerants}/{candidate}/correction", new { reason = "Par erreur" }, HttpStatusCode.Conflict, code);
    }

    private async Task ActAsync(Guid candidate, string act)
    {
        object? body = act switch
        {
            "correction" => new { reason = "Par erreur" },
            "refusal" => new { reason = "anotherProject" },
            "installation" => new { startsOn = Today },
            "erasure" => new { howAsked = "Par courriel" },
            "merge" => new { into = await Team.OtherOfThemAsync(await Team.OfferAsync(host.NextInseeCode())), reason = "Même personne" },
            _ => null,
        };
        using var done = await Team.SendAsync($"{Gerants}/{candidate}/{act}", body ?? new { });
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<IEnumerable<string>> ToldAsync(Guid candidate)
    {
        var told = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await Team.ReadAsync($"/v1/webhooks/events?type=recruitment.gerant.*&limit=200{next}");
            told.AddRange(page["items"]!.AsArray().Select(item => item!["body"]!).Where(body => body["data"]!["candidatureId"].Text() == $"{candidate}").Select(body => body["type"].Text()["recruitment.gerant.".Length..]));
            next = page["next"] is { } cursor ? $"&after={cursor.Text()}" : null;
        }

        return told;
    }
}
